package io.tributary.server.json;

import io.tributary.server.api.Refusal;
import io.tributary.server.http.BodyRoom;
import io.tributary.server.http.LastWord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Memory for large answers until their callers have read them, over all connections: callers who
 * ask and do not read would keep as much as they ask for. Safe for any thread.
 */
final class Outgoing {
  /** Whoever has not read an answer by then is cut off. */
  private static final Duration READING_MAX = Duration.ofMinutes(2);

  /** Less than this is not counted: each connection has one answer at a time. */
  private static final int LARGE_BYTES = 16 * 1024;

  private final BodyRoom room;

  Outgoing(BodyRoom room) {
    this.room = room;
  }

  /** Held by answers under way. */
  long bytes() {
    return room.taken();
  }

  /**
   * Sends, on the request's event loop.
   *
   * <p>Throws {@link Refusal} if there is no room; then nothing was sent.
   *
   * @param bytes that it holds
   * @param sending begins it, and tells when it is over
   */
  void send(HttpServerRequest request, long bytes, Supplier<Future<Void>> sending) {
    if (bytes < LARGE_BYTES) {
      Future<Void> unused = sending.get();
      return;
    }
    if (!room.take(bytes)) {
      throw Refusal.retry("too many answers are being read, retry later");
    }
    Vertx vertx = Vertx.currentContext().owner();
    long timer = vertx.setTimer(READING_MAX.toMillis(), late -> LastWord.cut(request));
    Future<Void> unused =
        begun(sending)
            .onComplete(
                over -> {
                  vertx.cancelTimer(timer);
                  room.giveBack(bytes);
                });
  }

  private static Future<Void> begun(Supplier<Future<Void>> sending) {
    try {
      return sending.get();
    } catch (RuntimeException gone) {
      return Future.failedFuture(gone);
    }
  }
}
