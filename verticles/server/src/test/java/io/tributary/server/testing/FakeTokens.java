package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.Tokens;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens in memory, short and guessable. */
public final class FakeTokens implements Tokens {
  private final Map<String, TokenGrant> grants = new ConcurrentHashMap<>();

  @Override
  public Single<String> issue(Scope scope, Optional<UserId> user) {
    String token = "trb_" + scope + grants.size();
    return ensure(token, scope, user).toSingleDefault(token);
  }

  @Override
  public Maybe<TokenGrant> check(String token) {
    return Optional.ofNullable(grants.get(token)).map(Maybe::just).orElseGet(Maybe::empty);
  }

  @Override
  public Completable ensure(String token, Scope scope, Optional<UserId> user) {
    return Completable.fromAction(
        () ->
            grants.put(
                token, new TokenGrant(scope, user, 1, 0, new Stamp(new Incarnation(1, 1), 1))));
  }

  @Override
  public Single<Boolean> revoke(String token) {
    return Single.fromCallable(() -> grants.remove(token) != null);
  }
}
