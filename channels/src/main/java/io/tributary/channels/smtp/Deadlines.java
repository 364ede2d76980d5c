package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The times a session gives its client. On the session's thread. */
final class Deadlines {
  /** How long a client has to read the last words. */
  static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Scheduler.Worker worker;
  private final SmtpLimits limits;
  private Disposable idle = Disposable.disposed();
  private Disposable transaction = Disposable.disposed();
  private Disposable farewell = Disposable.disposed();

  Deadlines(Scheduler scheduler, SmtpLimits limits) {
    this.worker = scheduler.createWorker();
    this.limits = limits;
  }

  /** It is the client's turn. */
  void startIdle(Runnable late) {
    idle.dispose();
    idle = schedule(late, limits.idleTimeout());
  }

  /** It is ours. */
  void stopIdle() {
    idle.dispose();
  }

  /** From now to the answer to the next mail. */
  void startTransaction(Runnable late) {
    transaction.dispose();
    transaction = schedule(late, limits.transactionTimeout());
  }

  /** The last words are on their way: no other time matters any more. */
  void startFarewell(Runnable late) {
    idle.dispose();
    transaction.dispose();
    farewell.dispose();
    farewell = schedule(late, FAREWELL);
  }

  void stop() {
    worker.dispose();
  }

  private Disposable schedule(Runnable late, Duration delay) {
    return worker.schedule(late, delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
