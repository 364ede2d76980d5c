package io.tributary.simulation;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One life of one process, and its one event loop: everything that happens in it comes through
 * {@link #enter}. It may pause, when all that comes waits, and it ends for ever.
 */
final class Life extends Scheduler {
  static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time;
  private final long clockSkewMicros;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean ended;
  private boolean paused;
  private long pausedMicros;

  /**
   * @param clockSkewMicros how far its clock is off
   */
  Life(VirtualTime time, long clockSkewMicros) {
    this.time = time;
    this.clockSkewMicros = clockSkewMicros;
  }

  InstantSource clock() {
    return () -> BIRTH.plusNanos(1_000 * (time.nowMicros() + clockSkewMicros));
  }

  /** Runs it now, or when the pause is over, or, after the end, never. */
  void enter(Runnable action) {
    if (paused) {
      held.addLast(action);
    } else if (!ended) {
      action.run();
    }
  }

  void pause(long micros) {
    if (!paused && !ended) {
      paused = true;
      pausedMicros += micros;
      time.after(micros, this::resume);
    }
  }

  private void resume() {
    paused = false;
    while (!held.isEmpty() && !ended) {
      held.removeFirst().run();
    }
  }

  void end() {
    ended = true;
    paused = false;
    held.clear();
  }

  boolean ended() {
    return ended;
  }

  /** All its pauses together, each counted from its beginning. */
  long pausedMicros() {
    return pausedMicros;
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(time.nowMicros(), TimeUnit.MICROSECONDS);
  }

  @Override
  public Worker createWorker() {
    return new Loop();
  }

  private final class Loop extends Worker {
    private boolean disposed;

    @Override
    public long now(TimeUnit unit) {
      return Life.this.now(unit);
    }

    @Override
    public Disposable schedule(Runnable run, long delay, TimeUnit unit) {
      Disposable task = Disposable.empty();
      time.after(
          unit.toMicros(delay),
          () ->
              enter(
                  () -> {
                    if (!disposed && !task.isDisposed()) {
                      run.run();
                    }
                  }));
      return task;
    }

    @Override
    public void dispose() {
      disposed = true;
    }

    @Override
    public boolean isDisposed() {
      return disposed;
    }
  }
}
