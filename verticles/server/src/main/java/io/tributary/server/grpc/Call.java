package io.tributary.server.grpc;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.server.api.Refusal;
import io.tributary.server.grpc.GrpcStatuses.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.InvalidMessageException;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One call with one request message. Owned by the event loop of its connection. It is answered
 * exactly once: by its result, its refusal or its deadline; a caller that goes away ends it too.
 *
 * @param <Q> request message
 * @param <A> response message
 * @param <R> what the method results in, turned into response messages by a {@link Responder}
 */
final class Call<Q, A, R> {
  /** For callers that name no deadline, and the longest that one can ask for. */
  static final long DEADLINE_MILLIS = 30_000;

  /** From a stream's beginning to its message, before which nobody is asked who is calling. */
  private static final long MESSAGE_MILLIS = 5_000;

  private static final long NO_TIMER = -1;

  private final GrpcServerRequest<Q, A> request;
  private final GrpcServerResponse<Q, A> response;
  private final CallLog log;
  private final Vertx vertx;
  private final ContextInternal context;
  private Disposable work = Disposable.disposed();
  private long deadlineMillisMax = DEADLINE_MILLIS;
  private long timer = NO_TIMER;
  private long messageTimer = NO_TIMER;
  private boolean asked;
  private boolean responding;
  private boolean over;

  Call(GrpcServerRequest<Q, A> request, CallLog log) {
    this.request = request;
    this.response = request.response();
    this.log = log;
    this.context = (ContextInternal) Vertx.currentContext();
    this.vertx = context.owner();
  }

  /** Sends the response's messages. */
  interface Responder<Q, A, R> {
    /** Completes when the last message is handed over; fails if the caller went away. */
    Future<Void> respond(GrpcServerResponse<Q, A> response, R result);
  }

  /** For streams: they go on as long as the caller wants. */
  Call<Q, A, R> withoutDeadlineOfOurs() {
    deadlineMillisMax = 0;
    return this;
  }

  void run(Function<Q, Single<R>> method, Responder<Q, A, R> responder) {
    log.began();
    long deadlineMillis = deadlineMillis();
    if (deadlineMillis > 0) {
      timer = vertx.setTimer(deadlineMillis, ignored -> fail(new TimeoutException()));
    }
    request.errorHandler(ignored -> abandon());
    request.exceptionHandler(ignored -> abandon());
    request.invalidMessageHandler(this::refuse);
    if (!understood()) {
      answer(new Verdict(GrpcStatus.UNIMPLEMENTED, "only uncompressed protobuf", true));
      return;
    }
    if (deadlineMillisMax == 0) {
      messageTimer = vertx.setTimer(MESSAGE_MILLIS, ignored -> mustHaveAsked());
    }
    request.handler(question -> ask(question, method, responder));
    request.endHandler(ignored -> mustHaveAsked());
  }

  private long deadlineMillis() {
    long wanted = request.timeout();
    return wanted > 0 && deadlineMillisMax > 0
        ? Math.min(wanted, deadlineMillisMax)
        : Math.max(wanted, deadlineMillisMax);
  }

  /** Compressed requests are refused: a small one may unpack to anything. */
  private boolean understood() {
    String encoding = request.encoding();
    return (encoding == null || encoding.equals("identity"))
        && request.format() == WireFormat.PROTOBUF;
  }

  private void ask(Q question, Function<Q, Single<R>> method, Responder<Q, A, R> responder) {
    if (asked || over) {
      return; // a second message has no meaning here
    }
    asked = true;
    cancel(messageTimer);
    work =
        Single.defer(() -> method.apply(question))
            .subscribe(
                result -> here(() -> respond(result, responder)),
                failure -> here(() -> fail(failure)));
  }

  /** Most answers come on this event loop: the caller's token and account are in memory. */
  private void here(Runnable answer) {
    if (context.inThread()) {
      answer.run();
    } else {
      context.runOnContext(ignored -> answer.run());
    }
  }

  private void refuse(InvalidMessageException invalid) {
    fail(
        invalid instanceof MessageSizeOverflowException
            ? Refusal.tooLarge("a request has at most " + GrpcVerticle.REQUEST_BYTES_MAX + " bytes")
            : Refusal.invalid(new Refusal.Field("request"), "the message can't be read"));
  }

  private void mustHaveAsked() {
    if (!asked) {
      fail(Refusal.invalid(new Refusal.Field("request"), "the call has no message"));
    }
  }

  private void respond(R result, Responder<Q, A, R> responder) {
    if (over) {
      return;
    }
    try {
      Future<Void> sending = responder.respond(response, result);
      responding = true;
      sending.onComplete(sent -> finish(sent.succeeded()));
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  private void finish(boolean sent) {
    if (!over) {
      close();
      log.ended(request.fullMethodName(), sent ? GrpcStatus.OK : GrpcStatus.CANCELLED);
    }
  }

  private void fail(Throwable failure) {
    if (!over && responding) {
      abandon(); // the answer is not being read: what is left of it must not wait here
      response.cancel();
    } else if (!over) {
      Verdict verdict = GrpcStatuses.of(failure);
      String trace = log.failed(request.fullMethodName(), verdict, failure);
      response.trailers().set("tributary-trace", trace);
      answer(verdict);
    }
  }

  private void answer(Verdict verdict) {
    close();
    log.ended(request.fullMethodName(), verdict.status());
    try {
      response.status(verdict.status()).statusMessage(verdict.message()).end();
    } catch (RuntimeException gone) {
      // Vert.x throws, not only IllegalStateException, if the connection went away meanwhile.
      log.unheard(request.fullMethodName(), gone);
    }
  }

  private void abandon() {
    if (!over) {
      close();
      log.ended(request.fullMethodName(), GrpcStatus.CANCELLED);
    }
  }

  private void close() {
    over = true;
    cancel(timer);
    cancel(messageTimer);
    work.dispose();
  }

  private void cancel(long id) {
    if (id != NO_TIMER) {
      vertx.cancelTimer(id);
    }
  }
}
