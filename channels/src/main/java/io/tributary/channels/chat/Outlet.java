package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrames;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Frames to a client. While the client does not read, nothing is read from it, so the answers that
 * are written all the same stay as few as its requests under way.
 */
final class Outlet {
  private final ChatTransport transport;
  private final Scheduler.Worker worker;
  private final long drainMillis;
  private final Runnable stuck;
  private Disposable draining = Disposable.disposed();
  private boolean blocked;
  private boolean held;
  private boolean closed;

  /**
   * @param stuck called when the client did not read for too long
   */
  Outlet(ChatTransport transport, Scheduler.Worker worker, long drainMillis, Runnable stuck) {
    this.transport = transport;
    this.worker = worker;
    this.drainMillis = drainMillis;
    this.stuck = stuck;
  }

  void write(ServerFrame frame) {
    if (closed) {
      return;
    }
    transport.write(ServerFrames.write(frame));
    if (!blocked && !transport.isWritable()) {
      blocked = true;
      transport.pause();
      draining = worker.schedule(stuck, drainMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Writes what nobody misses, if the client reads. */
  void writeIfReady(ServerFrame frame) {
    if (isReady()) {
      write(frame);
    }
  }

  void error(ErrorCode code, String reason, Optional<String> id) {
    write(ServerFrame.Error.of(code, reason, id));
  }

  boolean isReady() {
    return !blocked && !closed;
  }

  /** Reads nothing from the client, for now. */
  void hold() {
    if (!held) {
      held = true;
      transport.pause();
    }
  }

  void release() {
    held = false;
    proceed();
  }

  void drained() {
    if (blocked && transport.isWritable()) {
      blocked = false;
      draining.dispose();
      proceed();
    }
  }

  private void proceed() {
    if (!held && !blocked && !closed) {
      transport.proceed();
    }
  }

  /** Writes nothing more. */
  void close() {
    closed = true;
    draining.dispose();
  }
}
