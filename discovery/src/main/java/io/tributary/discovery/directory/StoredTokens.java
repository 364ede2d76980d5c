package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.LookupCache.Policy;
import io.tributary.discovery.directory.LookupCache.UnknownFor;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.RecordTable;
import io.tributary.storage.Stored;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Tokens in storage's rows, found by hash: no secret is ever compared, so there is nothing to time.
 * Safe for any thread.
 */
public final class StoredTokens implements Tokens {
  private static final Pattern WRITTEN = Pattern.compile("trb_[A-Za-z0-9_-]{43}");
  private static final int SECRET_BYTES = 32;
  private static final Policy POLICY =
      new Policy(TimeUnit.SECONDS.toMillis(5), new UnknownFor(0), false, 50_000);

  private final RecordTable<TokenHash, TokenGrant> rows;
  private final DirectoryEnvironment environment;
  private final LookupCache<TokenHash, TokenGrant> cache;

  public StoredTokens(DirectoryStore store, DirectoryEnvironment environment) {
    this.rows = store.tokens();
    this.environment = environment;
    this.cache =
        new LookupCache<>(hash -> rows.get(hash).map(Stored::value), POLICY, environment.clock());
  }

  @Override
  public Single<String> issue(TokenGrant.Scope scope, Optional<UserId> user) {
    TokenGrant grant = grant(scope, user);
    return Single.fromCallable(this::draw).flatMap(token -> store(token, grant));
  }

  private Single<String> store(String token, TokenGrant grant) {
    return rows.putIfAbsent(hashOf(token), grant)
        .flatMap(
            stored ->
                stored
                    ? Single.just(token)
                    : Single.error(new IllegalStateException("a token was drawn twice")));
  }

  @Override
  public Maybe<TokenGrant> check(String token) {
    return isWellFormed(token)
        ? cache.get(hashOf(token)).filter(StoredTokens::isInForce)
        : Maybe.empty();
  }

  @Override
  public Completable ensure(String token, TokenGrant.Scope scope, Optional<UserId> user) {
    if (!isWellFormed(token)) {
      return Completable.error(
          new IllegalArgumentException("a token is trb_ and 43 characters of base64url"));
    }
    TokenGrant grant = grant(scope, user);
    TokenHash hash = hashOf(token);
    return rows.putIfAbsent(hash, grant)
        .flatMapCompletable(stored -> stored ? Completable.complete() : checkSame(hash, grant));
  }

  private Completable checkSame(TokenHash hash, TokenGrant grant) {
    return rows.get(hash)
        .map(Stored::value)
        .toSingle()
        .flatMapCompletable(
            found ->
                isInForce(found)
                        && found.scope() == grant.scope()
                        && found.user().equals(grant.user())
                    ? Completable.complete()
                    : Completable.error(
                        new IllegalStateException(
                            "the token was revoked, or stands for something else")));
  }

  @Override
  public Single<Boolean> revoke(String token) {
    return isWellFormed(token) ? revoke(hashOf(token)) : Single.just(false);
  }

  private Single<Boolean> revoke(TokenHash hash) {
    return rows.get(hash)
        .flatMapSingle(
            row -> isInForce(row.value()) ? revoke(hash, row) : revoked(hash, row.value()))
        .defaultIfEmpty(false);
  }

  private Single<Boolean> revoke(TokenHash hash, Stored<TokenGrant> row) {
    TokenGrant before = row.value();
    TokenGrant after =
        new TokenGrant(
            before.scope(),
            before.user(),
            before.issuedMillis(),
            Math.max(1, environment.clock().millis()), // 0 means: in force
            environment.stamps().next());
    return rows.replace(hash, row, after)
        .flatMap(done -> done ? revoked(hash, after) : revoke(hash)); // revoked by another
  }

  private Single<Boolean> revoked(TokenHash hash, TokenGrant grant) {
    cache.put(hash, grant);
    return Single.just(true);
  }

  private TokenGrant grant(TokenGrant.Scope scope, Optional<UserId> user) {
    return new TokenGrant(
        scope, user, environment.clock().millis(), 0, environment.stamps().next());
  }

  private String draw() {
    byte[] secret = new byte[SECRET_BYTES];
    environment.random().nextBytes(secret);
    return "trb_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private static boolean isWellFormed(String token) {
    return WRITTEN.matcher(token).matches();
  }

  private static TokenHash hashOf(String token) {
    return new TokenHash(Sha256.of(token));
  }

  private static boolean isInForce(TokenGrant grant) {
    return grant.revokedMillis() == 0;
  }
}
