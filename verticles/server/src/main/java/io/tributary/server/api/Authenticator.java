package io.tributary.server.api;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From {@code Authorization: Bearer …} (RFC 6750 section 2.1) to who is calling. */
public final class Authenticator {
  private static final String SCHEME = "bearer ";
  private static final int TOKEN_CHARACTERS_MAX = 128;

  private final Function<String, Maybe<TokenGrant>> check;

  /**
   * @param check what a token allows; empty if it is not in force
   */
  public Authenticator(Function<String, Maybe<TokenGrant>> check) {
    this.check = check;
  }

  /**
   * Who is calling.
   *
   * <p>Signals {@link Refusal} of kind UNAUTHENTICATED, or what the token's store signals.
   */
  public Single<Caller> caller(@Nullable String authorization) {
    return Single.defer(
        () ->
            check
                .apply(tokenOf(authorization))
                .map(Authenticator::callerOf)
                .switchIfEmpty(
                    Single.error(() -> Refusal.unauthenticated("the token is not in force"))));
  }

  private static String tokenOf(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
        .map(header -> header.substring(SCHEME.length()).strip())
        .filter(token -> !token.isEmpty() && token.length() <= TOKEN_CHARACTERS_MAX)
        .orElseThrow(() -> Refusal.unauthenticated("give a token: Authorization: Bearer trb_…"));
  }

  private static Caller callerOf(TokenGrant grant) {
    return grant.user().<Caller>map(Caller.User::new).orElseGet(Caller.Operator::new);
  }
}
