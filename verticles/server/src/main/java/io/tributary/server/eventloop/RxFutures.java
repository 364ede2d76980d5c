package io.tributary.server.eventloop;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** The one place where a Vert.x future becomes a single, and a single a future. */
public final class RxFutures {
  private RxFutures() {}

  /** Calls {@code start} at each subscription. Disposing does not cancel what was started. */
  public static <T> Single<T> single(Supplier<Future<T>> start) {
    return Single.create(
        emitter ->
            start
                .get()
                .onComplete(
                    value -> emitter.onSuccess(value), failure -> emitter.tryOnError(failure)));
  }

  /** Calls {@code start} at each subscription, for its completion only. */
  public static Completable completable(Supplier<? extends Future<?>> start) {
    return Completable.create(
        emitter ->
            start
                .get()
                .onComplete(value -> emitter.onComplete(), failure -> emitter.tryOnError(failure)));
  }

  /** Subscribes at once. */
  public static <T> Future<T> future(Single<T> single) {
    Promise<T> promise = Promise.promise();
    Disposable unused = single.subscribe(promise::complete, promise::fail);
    return promise.future();
  }

  /** Subscribes at once. */
  public static Future<Void> future(Completable completable) {
    Promise<Void> promise = Promise.promise();
    Disposable unused = completable.subscribe(promise::complete, promise::fail);
    return promise.future();
  }
}
