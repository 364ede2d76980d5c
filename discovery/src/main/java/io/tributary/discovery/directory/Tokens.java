package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.identity.UserId;
import java.util.Optional;

/**
 * Bearer tokens: opaque, {@code trb_} and 32 random bytes as base64url. Only their SHA-256 is
 * stored.
 *
 * <p>All signal {@link io.tributary.storage.StorageUnavailableException}.
 */
public interface Tokens {
  /** A new token in its written form, shown this once. A user's scope needs a user. */
  Single<String> issue(TokenGrant.Scope scope, Optional<UserId> user);

  /**
   * What the token allows; empty if it is malformed, unknown or revoked. An answer may be up to
   * five seconds old, a revocation made through this process is seen at once.
   */
  Maybe<TokenGrant> check(String token);

  /**
   * Makes a token that was drawn elsewhere valid, if it is not already.
   *
   * <p>Signals {@link IllegalArgumentException} if it is malformed, {@link IllegalStateException}
   * if it was revoked or stands for something else.
   */
  Completable ensure(String token, TokenGrant.Scope scope, Optional<UserId> user);

  /** Ends the token's validity for ever. False if there is no such token. */
  Single<Boolean> revoke(String token);
}
