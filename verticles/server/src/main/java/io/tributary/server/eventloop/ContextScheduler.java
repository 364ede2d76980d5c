package io.tributary.server.eventloop;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * One Vert.x context as a scheduler: whatever is scheduled runs on that context's one thread, in
 * the order in which it was scheduled; nothing ever runs inside {@code schedule}. Delays are
 * rounded up to milliseconds. Safe for any thread.
 */
public final class ContextScheduler extends Scheduler {
  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;

  private ContextScheduler(Vertx vertx, Context context, InstantSource clock) {
    this.vertx = vertx;
    this.context = context;
    this.clock = clock;
  }

  /** A scheduler for {@code context}; {@code clock} answers what time it is. */
  public static ContextScheduler of(Context context, InstantSource clock) {
    return new ContextScheduler(context.owner(), context, clock);
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(clock.millis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Worker createWorker() {
    return new ContextWorker();
  }

  private final class ContextWorker extends Worker {
    private final CompositeDisposable tasks = new CompositeDisposable();

    @Override
    public Disposable schedule(Runnable run, long delay, TimeUnit unit) {
      ContextTask task = new ContextTask(vertx, run, tasks);
      if (!tasks.add(task)) {
        return Disposable.disposed();
      }
      long delayMillis = millisRoundedUp(delay, unit);
      if (delayMillis > 0 && ((ContextInternal) context).inThread()) {
        task.start(delayMillis); // only sets the timer
      } else {
        context.runOnContext(ignored -> task.start(delayMillis));
      }
      return task;
    }

    @Override
    public long now(TimeUnit unit) {
      return ContextScheduler.this.now(unit);
    }

    @Override
    public void dispose() {
      tasks.dispose();
    }

    @Override
    public boolean isDisposed() {
      return tasks.isDisposed();
    }
  }

  private static long millisRoundedUp(long delay, TimeUnit unit) {
    if (delay <= 0) {
      return 0;
    }
    long millis = unit.toMillis(delay);
    return unit.convert(millis, TimeUnit.MILLISECONDS) < delay ? millis + 1 : millis;
  }
}
