package io.tributary.channels;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;

/** Where a channel learns who holds a token. */
public interface TokenCheck {

  /**
   * Lazy. Answers exactly once, on any thread; an Rx error is a programmer's error. An answer may
   * be up to five seconds old.
   */
  Single<Outcome> check(String token);

  /** Who holds a token. */
  sealed interface Outcome {
    /**
     * A user.
     *
     * @param name the user's name, {@code alice}
     */
    record Holder(UserId user, String name) implements Outcome {}

    /** Nobody: it is malformed, unknown, revoked, or an operator's. */
    record Invalid() implements Outcome {}

    /** It can't be told now. */
    record Retry(String reason) implements Outcome {}
  }
}
