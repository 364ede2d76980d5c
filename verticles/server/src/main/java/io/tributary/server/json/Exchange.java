package io.tributary.server.json;

import com.google.protobuf.Message;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.server.api.Authenticator;
import io.tributary.server.api.Caller;
import io.tributary.server.api.Refusal;
import io.tributary.server.http.LastWord;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.server.json.HttpStatuses.Unacceptable;
import io.tributary.server.json.Questions.Asked;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * One request. Owned by the event loop of its connection. It is answered exactly once: by its
 * result, its refusal or its deadline; a caller that goes away ends it too.
 */
final class Exchange {
  static final long DEADLINE_MILLIS = 30_000;
  private static final String RETRY_AFTER_SECONDS = "1";

  private final RoutingContext call;
  private final Endpoint<?> endpoint;
  private final Common common;
  private final ContextInternal context;
  private final Optional<JsonBody> body;
  private Disposable work = Disposable.disposed();
  private long timer;
  private RequestGate entered;
  private boolean over;

  /** What all requests share. */
  record Common(
      Authenticator authenticator,
      Questions questions,
      JsonBody.Bounds bodies,
      Outgoing outgoing,
      Gates gates,
      RequestLog log) {}

  /** How much may be under way: what is answered at once, and what goes on. */
  record Gates(RequestGate requests, RequestGate streams) {}

  Exchange(RoutingContext call, Endpoint<?> endpoint, Common common) {
    this.call = call;
    this.endpoint = endpoint;
    this.common = common;
    this.context = (ContextInternal) Vertx.currentContext();
    this.entered = common.gates().requests();
    this.body =
        endpoint.hasBody()
            ? Optional.of(new JsonBody(context, call.request(), common.bodies()))
            : Optional.empty();
  }

  RoutingContext call() {
    return call;
  }

  HttpServerResponse response() {
    return call.response();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(call.request().getHeader(name));
  }

  /** Who is calling, asked anew at each subscription. */
  Single<Caller> caller() {
    return common.authenticator().caller(call.request().getHeader("Authorization"));
  }

  <Q extends Message> void run(Endpoint<Q> asked) {
    try {
      entered.enter();
    } catch (Refusal full) {
      over = true;
      common.log().ended(endpoint, refuse(full));
      return;
    }
    timer = context.owner().setTimer(DEADLINE_MILLIS, ignored -> fail(new TimeoutException()));
    response().closeHandler(ignored -> end(0));
    work =
        unconditioned()
            .andThen(caller())
            .flatMap(
                caller ->
                    body()
                        .map(text -> question(asked, text))
                        .flatMap(question -> asked.work().answer(this, caller, question)))
            .subscribe(reply -> here(() -> reply(reply)), failure -> here(() -> fail(failure)));
  }

  /** A condition that is not looked at may not be passed over (RFC 9110 section 13.1.1). */
  private Completable unconditioned() {
    return header("If-Match").or(() -> header("If-Unmodified-Since")).isEmpty()
        ? Completable.complete()
        : Completable.error(
            new Unacceptable(
                Problem.of(412, "If-Match, If-Unmodified-Since: not here; changes can be undone")));
  }

  private Single<String> body() {
    return body.map(JsonBody::read).orElseGet(() -> Single.just(""));
  }

  private <Q extends Message> Q question(Endpoint<Q> asked, String text) {
    Map<String, String> path = call.pathParams();
    return common.questions().read(asked, new Asked(path, call.queryParams().entries(), text));
  }

  /** It may go on for longer than an answer may take. Throws {@link Refusal} if too many do. */
  void goesOn() {
    RequestGate streams = common.gates().streams();
    streams.enter();
    entered.leave();
    entered = streams;
    context.owner().cancelTimer(timer);
  }

  private void here(Runnable answer) {
    if (context.inThread()) {
      answer.run();
    } else {
      context.runOnContext(ignored -> answer.run());
    }
  }

  /** If it can't be written the caller is told so, not left waiting. */
  private void reply(Reply reply) {
    if (over) {
      return;
    }
    try {
      end(new Replies(this, common.outgoing()).send(reply));
    } catch (RuntimeException mistake) {
      fail(mistake);
    }
  }

  private void fail(Throwable failure) {
    if (!over) {
      end(refuse(failure));
    }
  }

  private int refuse(Throwable failure) {
    Problem problem = common.log().failed(endpoint, HttpStatuses.of(failure), failure);
    if (response().headWritten()) {
      EventStream.end(response(), problem);
      return problem.status();
    }
    boolean early = body.filter(JsonBody::isUnread).isPresent();
    if (early) {
      LastWord.announce(call.request());
    }
    if (problem.status() == 401) {
      response().putHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503) {
      response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    ProblemJson.send(response(), problem);
    if (early) {
      LastWord.begin(context.owner(), call.request());
    }
    return problem.status();
  }

  private void end(int status) {
    if (!over) {
      over = true;
      context.owner().cancelTimer(timer);
      work.dispose();
      body.ifPresent(JsonBody::close);
      entered.leave();
      common.log().ended(endpoint, status);
    }
  }
}
