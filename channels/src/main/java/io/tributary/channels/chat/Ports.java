package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a session waits for a port. */
final class Ports {
  private Ports() {}

  /**
   * Answers on the session's thread, and in time.
   *
   * @param late the answer if none came
   */
  static <T> Single<T> bounded(ChatHost host, Single<T> question, T late) {
    return question
        .timeout(
            host.settings().times().port().toMillis(),
            TimeUnit.MILLISECONDS,
            host.environment().scheduler())
        .onErrorResumeNext(
            error -> error instanceof TimeoutException ? Single.just(late) : Single.error(error))
        .observeOn(host.environment().scheduler());
  }
}
