package io.tributary.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends a connection whose request is answered before its body has come. What still comes is passed
 * over for a while: a client that is cut off while it sends never sees the answer.
 */
public final class LastWord {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PASSED_OVER_BYTES_MAX = 32L << 20;

  private LastWord() {}

  /** Announces it; to be called before the answer is written. */
  public static void announce(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
  }

  /** To be called once the answer is written. */
  public static void begin(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      cut(request);
      return;
    }
    AtomicLong passedOver = new AtomicLong();
    long timer = vertx.setTimer(PATIENCE.toMillis(), late -> cut(request));
    request.handler(
        chunk -> {
          if (passedOver.addAndGet(chunk.length()) > PASSED_OVER_BYTES_MAX) {
            vertx.cancelTimer(timer);
            cut(request);
          }
        });
    request.endHandler(
        whole -> {
          vertx.cancelTimer(timer);
          cut(request);
        });
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.resume();
  }

  /** Ends it at once: the connection, or with HTTP/2 the one stream of it. */
  public static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(0);
    } else {
      request.connection().close();
    }
  }
}
