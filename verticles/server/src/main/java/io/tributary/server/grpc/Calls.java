package io.tributary.server.grpc;

import com.google.protobuf.MessageLite;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.server.api.Authenticator;
import io.tributary.server.api.Caller;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Watching;
import io.tributary.server.http.BodyRoom;
import io.tributary.server.http.ByteStream;
import io.tributary.v1.WatchRequest;
import io.tributary.v1.WatchResponse;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.function.Function;
import java.util.function.Supplier;

/** How every call of the API is run: identity first, then the method, all within a deadline. */
final class Calls {
  /** Of large answers being read, over all connections. */
  private static final long ROOM_BYTES = 64L << 20;

  /** Less than this is not counted. */
  private static final int LARGE_BYTES = 16 * 1024;

  private final BodyRoom room = new BodyRoom(ROOM_BYTES);
  private final Authenticator authenticator;
  private final CallLog log;

  Calls(Authenticator authenticator, CallLog log) {
    this.authenticator = authenticator;
    this.log = log;
  }

  /** A method's work, once it is known who is calling. */
  interface Method<Q, A> {
    /** Signals {@code Refusal} and whatever storage signals. */
    Single<A> answer(Caller caller, Q question);
  }

  /** One message in, one out. */
  <Q, A extends MessageLite> Handler<GrpcServerRequest<Q, A>> unary(Method<Q, A> method) {
    return request ->
        new Call<Q, A, A>(request, log)
            .run(
                question -> authenticated(request, method, question),
                (response, answer) -> held(answer.getSerializedSize(), () -> response.end(answer)));
  }

  /**
   * Callers who ask and do not read would keep as much as they ask for. Throws {@link Refusal} if
   * there is no room; then nothing was sent.
   */
  private Future<Void> held(long bytes, Supplier<Future<Void>> sending) {
    if (bytes < LARGE_BYTES) {
      return sending.get();
    }
    if (!room.take(bytes)) {
      throw Refusal.retry("too many answers are being read, retry later");
    }
    return sending.get().onComplete(over -> room.giveBack(bytes));
  }

  /** One message in, bytes out in chunks. */
  <Q, A> Handler<GrpcServerRequest<Q, A>> chunked(
      Method<Q, Bytes> method, Function<byte[], A> chunk) {
    return request ->
        new Call<Q, A, Bytes>(request, log)
            .run(
                question -> authenticated(request, method, question),
                (response, bytes) ->
                    held(bytes.length(), () -> new ByteStream<>(response, bytes, chunk).send()));
  }

  /** One message in, events out until the caller, the token or this node goes. */
  Handler<GrpcServerRequest<WatchRequest, WatchResponse>> watch(Watching watching) {
    return request ->
        new Call<WatchRequest, WatchResponse, Void>(request, log)
            .withoutDeadlineOfOurs()
            .run(
                question ->
                    authenticated(
                        request,
                        (caller, asked) ->
                            watching.watch(
                                caller,
                                callerOf(request),
                                asked,
                                new WatchStream(request.response())),
                        question),
                (response, nothing) -> response.end());
  }

  private <Q, A> Single<A> authenticated(
      GrpcServerRequest<?, ?> request, Method<Q, A> method, Q question) {
    return callerOf(request).flatMap(caller -> method.answer(caller, question));
  }

  private Single<Caller> callerOf(GrpcServerRequest<?, ?> request) {
    return authenticator.caller(request.headers().get("authorization"));
  }
}
