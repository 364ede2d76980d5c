package io.tributary.server.http;

import io.tributary.codecs.message.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads one request's body within a size and a time. It tells once how that ended, unless the
 * client goes away first. On the request's event loop.
 */
public final class BodyReading {
  private final HttpServerRequest request;
  private final Limits limits;
  private final BodyRoom room;
  private final Consumer<Ending> told;
  private final Buffer body = Buffer.buffer();
  private boolean over;
  private long timer;

  /** How much, and how long. */
  public record Limits(int bytesMax, Duration timeMax) {}

  /** How it ended. */
  public sealed interface Ending {
    /** All of it. Its room is to be given back. */
    record Whole(Bytes body) implements Ending {}

    record TooBig() implements Ending {}

    record TooSlow() implements Ending {}

    /** Too much is being received elsewhere. */
    record NoRoom() implements Ending {}
  }

  private BodyReading(
      HttpServerRequest request, Limits limits, BodyRoom room, Consumer<Ending> told) {
    this.request = request;
    this.limits = limits;
    this.room = room;
    this.told = told;
  }

  /** Must be called before the request's handler returns, unless the request is paused. */
  public static void begin(
      Vertx vertx, HttpServerRequest request, Limits limits, BodyRoom room, Consumer<Ending> told) {
    new BodyReading(request, limits, room, told).begin(vertx);
  }

  private void begin(Vertx vertx) {
    if (declaredBytes() > limits.bytesMax()) {
      end(new Ending.TooBig());
      return;
    }
    timer = vertx.setTimer(limits.timeMax().toMillis(), late -> refuse(new Ending.TooSlow()));
    request.handler(this::add);
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          whole();
        });
    request.exceptionHandler(
        gone -> {
          vertx.cancelTimer(timer);
          forget();
        });
    if (wantsToBeAsked(request)) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private static boolean wantsToBeAsked(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  /** What Content-Length says; 0 if it says nothing. */
  private long declaredBytes() {
    String declared = request.getHeader("Content-Length");
    return declared != null && declared.matches("[0-9]{1,18}") ? Long.parseLong(declared) : 0;
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    if (chunk.length() > limits.bytesMax() - body.length()) {
      refuse(new Ending.TooBig());
    } else if (room.take(chunk.length())) {
      body.appendBuffer(chunk);
    } else {
      refuse(new Ending.NoRoom());
    }
  }

  private void whole() {
    if (!over) {
      end(new Ending.Whole(Bytes.ofOwned(body.getBytes())));
    }
  }

  private void refuse(Ending ending) {
    if (!over) {
      room.giveBack(body.length());
      end(ending);
    }
  }

  private void forget() {
    if (!over) {
      over = true;
      room.giveBack(body.length());
    }
  }

  private void end(Ending ending) {
    over = true;
    told.accept(ending);
  }
}
