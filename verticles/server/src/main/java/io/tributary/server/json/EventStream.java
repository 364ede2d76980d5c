package io.tributary.server.json;

import com.google.protobuf.Message;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Position;
import io.tributary.server.api.ApiServices;
import io.tributary.server.api.Caller;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.api.WatchOut;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.v1.WatchRequest;
import io.tributary.v1.WatchResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * A watch as server-sent events (HTML standard, section 9.2). The id of an event is the position up
 * to which everything was told, so that a browser that connects again goes on there.
 */
final class EventStream implements WatchOut {
  /** How long a browser waits before it connects again. */
  private static final long RETRY_MILLIS = 2_000;

  private final Exchange exchange;
  private final ApiServices api;
  private final HttpServerResponse response;

  EventStream(Exchange exchange, ApiServices api) {
    this.exchange = exchange;
    this.api = api;
    this.response = exchange.response();
  }

  Single<Reply> watch(Caller caller, WatchRequest question) {
    if (exchange.call().request().method().equals(HttpMethod.HEAD)) {
      throw Refusal.rule("method: a stream has no head to be asked for alone; use GET");
    }
    WatchRequest goingOn =
        exchange.header("Last-Event-ID").map(id -> since(question, id)).orElse(question);
    exchange.goesOn();
    return api.watching().watch(caller, exchange.caller(), goingOn, this).cast(Reply.class);
  }

  /** Wins over the query: the browser repeats the address it was given at first. */
  private static WatchRequest since(WatchRequest question, String lastEventId) {
    try {
      return question.toBuilder().setSince(Long.parseUnsignedLong(lastEventId)).build();
    } catch (NumberFormatException wrong) {
      throw Refusal.invalid(new Field("Last-Event-ID"), "a seq is needed");
    }
  }

  @Override
  public void whenReady(Runnable resume) {
    response.drainHandler(ignored -> resume.run());
  }

  @Override
  public boolean ready() {
    return !response.writeQueueFull();
  }

  @Override
  public void write(WatchResponse event, Optional<Position> reached) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (!response.headWritten()) {
      begin();
    }
    String id = reached.map(position -> "id: " + position + "\n").orElse("");
    send(response, id + named(event));
  }

  private void begin() {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    send(response, "retry: " + RETRY_MILLIS + "\n\n");
  }

  private static String named(WatchResponse event) {
    return switch (event.getEventCase()) {
      case HEAD -> lines("head", event.getHead());
      case MESSAGE -> lines("message", event.getMessage());
      case UPDATE -> lines("update", event.getUpdate());
      case GAP -> lines("gap", event.getGap());
      case EVENT_NOT_SET -> throw new IllegalStateException("an event that is none");
    };
  }

  /** JSON on one line holds no line feed. */
  private static String lines(String name, Message data) {
    return "event: " + name + "\ndata: " + Replies.write(data) + "\n\n";
  }

  /** The last event says why it is the last. */
  static void end(HttpServerResponse response, Problem problem) {
    if (!response.closed() && !response.ended()) {
      response.end("event: error\ndata: " + ProblemJson.body(problem).encode() + "\n\n");
    }
  }

  private static void send(HttpServerResponse response, String lines) {
    response.write(lines).onFailure(ignored -> {});
  }
}
