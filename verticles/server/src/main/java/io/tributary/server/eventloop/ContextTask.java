package io.tributary.server.eventloop;

import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.vertx.core.Vertx;

/**
 * One scheduled piece of work. Started, run and its timer kept on the context's thread; disposed
 * from any.
 */
final class ContextTask implements Disposable {
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Runnable run;
  private final CompositeDisposable siblings;
  private volatile boolean disposed;
  private volatile long timer = NO_TIMER;

  ContextTask(Vertx vertx, Runnable run, CompositeDisposable siblings) {
    this.vertx = vertx;
    this.run = run;
    this.siblings = siblings;
  }

  void start(long delayMillis) {
    if (disposed) {
      return;
    }
    if (delayMillis == 0) {
      run();
      return;
    }
    timer = vertx.setTimer(delayMillis, ignored -> run());
    if (disposed) {
      vertx.cancelTimer(timer); // disposed from another thread while the timer was being set
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever the work throws goes to RxJava's last resort
  private void run() {
    timer = NO_TIMER;
    if (disposed) {
      return;
    }
    try {
      run.run();
    } catch (Throwable thrown) {
      RxJavaPlugins.onError(thrown);
    } finally {
      dispose();
    }
  }

  @Override
  public void dispose() {
    disposed = true;
    siblings.delete(this);
    long armed = timer;
    if (armed != NO_TIMER) {
      vertx.cancelTimer(armed);
    }
  }

  @Override
  public boolean isDisposed() {
    return disposed;
  }
}
