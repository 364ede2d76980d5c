package io.tributary.channels.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** Does something a little later, once however often it is asked for meanwhile. */
final class Soon {
  private final Scheduler.Worker worker;
  private final long millis;
  private final Runnable task;
  private boolean due;

  /**
   * @param worker whose disposal ends it
   */
  Soon(Scheduler.Worker worker, long millis, Runnable task) {
    this.worker = worker;
    this.millis = millis;
    this.task = task;
  }

  void ask() {
    if (!due) {
      due = true;
      Disposable unused = worker.schedule(this::now, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void now() {
    due = false;
    task.run();
  }
}
