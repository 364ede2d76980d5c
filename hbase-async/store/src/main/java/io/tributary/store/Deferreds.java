package io.tributary.store;

import com.stumbleupon.async.Callback;
import com.stumbleupon.async.Deferred;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** asynchbase's {@code Deferred} as RxJava: the one place where both are known. */
final class Deferreds {

  private Deferreds() {}

  /**
   * Makes the call when subscribed to. Answers on asynchbase's thread. Disposing doesn't take the
   * call back, it only stops listening.
   *
   * @param ended runs once when the call has ended, whether somebody still listens or not
   */
  static <T> Single<T> single(Supplier<Deferred<T>> call, Runnable ended) {
    return Single.create(
        emitter -> {
          Callback<Boolean, T> success = answering(emitter::onSuccess);
          Callback<Boolean, Exception> failure = answering(emitter::tryOnError);
          start(call).addBoth(running(ended)).addCallbacks(success, failure);
        });
  }

  private static <T> Deferred<T> start(Supplier<Deferred<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return Deferred.fromError(e);
    }
  }

  private static <T> Callback<T, T> running(Runnable ended) {
    return answer -> {
      ended.run();
      return answer;
    };
  }

  private static <A> Callback<Boolean, A> answering(Consumer<A> listener) {
    return answer -> {
      listener.accept(answer);
      return Boolean.TRUE;
    };
  }
}
