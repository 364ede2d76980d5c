package io.tributary.server.json;

import com.google.protobuf.Message;
import io.reactivex.rxjava3.core.Single;
import io.tributary.server.api.Caller;
import io.vertx.core.http.HttpMethod;

/**
 * One method of one path.
 *
 * @param path with {@code {field}} for fields of the request message; {@code {name}} is its {@code
 *     user} if it has one, {@code {id}} one of its {@code messages} if it has these
 * @param prototype of the request message
 * @param <Q> the request message
 */
record Endpoint<Q extends Message>(HttpMethod method, String path, Q prototype, Work<Q> work) {

  /** What it does. */
  interface Work<Q> {
    /** Signals {@code Refusal} and whatever storage signals. */
    Single<Reply> answer(Exchange exchange, Caller caller, Q question);
  }

  /** A method of a service. */
  interface Service<Q, A extends Message> {
    Single<A> answer(Caller caller, Q question);
  }

  static <Q extends Message, A extends Message> Endpoint<Q> json(
      HttpMethod method, String path, Q prototype, Service<Q, A> service) {
    return new Endpoint<>(
        method,
        path,
        prototype,
        (exchange, caller, question) -> service.answer(caller, question).map(Reply.Json::new));
  }

  /** Whether the request has a body; otherwise all that is not in the path is in the query. */
  boolean hasBody() {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.PATCH);
  }

  /** The path as vertx-web wants it. */
  String routePath() {
    return path.replace("{", ":").replace("}", "");
  }
}
