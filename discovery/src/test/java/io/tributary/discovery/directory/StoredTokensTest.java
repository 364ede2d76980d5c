package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import io.tributary.storage.StorageUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StoredTokensTest {
  private static final UserId USER = new UserId(7);
  private static final String DRAWN_ELSEWHERE = "trb_" + "Az-_0123456".repeat(4).substring(0, 43);

  private final SteppedStorage storage = new SteppedStorage();
  private final TestScheduler time = new TestScheduler();
  private final StoredTokens tokens = tokensOf("here");
  private final StoredTokens elsewhere = tokensOf("elsewhere");

  @Test
  void anIssuedTokenShouldBeGoodForWhomItWasIssued() {
    String token = issue(Scope.USER, Optional.of(USER));
    assertThat(token).matches("trb_[A-Za-z0-9_-]{43}");
    TokenGrant grant = check(elsewhere, token).orElseThrow();
    assertThat(grant.scope()).isEqualTo(Scope.USER);
    assertThat(grant.user()).contains(USER);
    assertThat(check(elsewhere, issue(Scope.OPERATOR, Optional.empty())).orElseThrow().scope())
        .isEqualTo(Scope.OPERATOR);
  }

  @Test
  void twoTokensShouldDiffer() {
    assertThat(issue(Scope.OPERATOR, Optional.empty()))
        .isNotEqualTo(issue(Scope.OPERATOR, Optional.empty()));
  }

  @Test
  void onlyTheHashShouldBeStored() throws Exception {
    String token = issue(Scope.OPERATOR, Optional.empty());
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    assertThat(storage.rows.tokens().get(new TokenHash(Bytes.ofOwned(hash))).blockingGet())
        .isNotNull();
  }

  @Test
  void malformedTokensShouldBeRefusedWithoutARead() {
    String good = issue(Scope.OPERATOR, Optional.empty());
    for (String bad :
        new String[] {
          "", "trb_", good + "A", good.substring(1), good.replace("trb_", "TRB_"), good + "\n"
        }) {
      tokens.check(bad).test().assertNoValues().assertComplete();
      tokens.revoke(bad).test().assertValue(false);
    }
    assertThat(storage.waiting).isEmpty();
  }

  @Test
  void anUnknownTokenShouldBeRefusedAndReadEachTime() {
    assertThat(check(tokens, DRAWN_ELSEWHERE)).isEmpty();
    run(elsewhere.ensure(DRAWN_ELSEWHERE, Scope.OPERATOR, Optional.empty()));
    assertThat(check(tokens, DRAWN_ELSEWHERE)).isPresent();
  }

  @Test
  void aRevocationShouldBeSeenHereAtOnceAndElsewhereWithinFiveSeconds() {
    String token = issue(Scope.USER, Optional.of(USER));
    assertThat(check(tokens, token)).isPresent();
    assertThat(check(elsewhere, token)).isPresent();
    assertThat(run(tokens.revoke(token))).isTrue();
    assertThat(check(tokens, token)).isEmpty();
    time.advanceTimeBy(5, TimeUnit.SECONDS);
    assertThat(check(elsewhere, token)).isEmpty();
  }

  @Test
  void aCheckUnderWayShouldNotBringARevokedTokenBack() {
    String token = issue(Scope.USER, Optional.of(USER));
    TestObserver<TokenGrant> checking = tokens.check(token).test(); // its read is not answered yet
    TestObserver<Boolean> revoking = tokens.revoke(token).test();
    while (revoking.values().isEmpty()) {
      storage.let(storage.waiting.get(storage.waiting.size() - 1), Fate.ANSWERED);
    }
    answerAll();
    checking.assertComplete();
    assertThat(check(tokens, token)).isEmpty();
  }

  @Test
  void aTokenShouldBeGoodForFiveSecondsWithoutStorageAndNotLonger() {
    String token = issue(Scope.USER, Optional.of(USER));
    assertThat(check(tokens, token)).isPresent();
    time.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
    tokens.check(token).test().assertComplete();
    time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    TestObserver<TokenGrant> asked = tokens.check(token).test();
    storage.let(storage.waiting.get(0), Fate.LOST);
    asked.assertError(StorageUnavailableException.class);
  }

  @Test
  void revokingTwiceShouldSayTrueAndRevokingNothingFalse() {
    String token = issue(Scope.OPERATOR, Optional.empty());
    assertThat(run(tokens.revoke(token))).isTrue();
    assertThat(run(elsewhere.revoke(token))).isTrue();
    assertThat(run(tokens.revoke(DRAWN_ELSEWHERE))).isFalse();
  }

  @Test
  void twoWhoRevokeAtOnceShouldBothSucceed() {
    String token = issue(Scope.OPERATOR, Optional.empty());
    TestObserver<Boolean> first = tokens.revoke(token).test();
    TestObserver<Boolean> second = elsewhere.revoke(token).test();
    answerAll();
    first.assertValue(true);
    second.assertValue(true);
  }

  @Test
  void ensuringShouldBeRepeatable() {
    run(tokens.ensure(DRAWN_ELSEWHERE, Scope.OPERATOR, Optional.empty()));
    run(elsewhere.ensure(DRAWN_ELSEWHERE, Scope.OPERATOR, Optional.empty()));
    assertThat(check(tokens, DRAWN_ELSEWHERE).orElseThrow().scope()).isEqualTo(Scope.OPERATOR);
  }

  @Test
  void ensuringShouldNotReviveOrChangeAToken() {
    run(tokens.ensure(DRAWN_ELSEWHERE, Scope.USER, Optional.of(USER)));
    ensure(Scope.OPERATOR, Optional.empty()).assertError(IllegalStateException.class);
    ensure(Scope.USER, Optional.of(new UserId(8))).assertError(IllegalStateException.class);
    assertThat(run(tokens.revoke(DRAWN_ELSEWHERE))).isTrue();
    ensure(Scope.USER, Optional.of(USER)).assertError(IllegalStateException.class);
    tokens
        .ensure("secret", Scope.OPERATOR, Optional.empty())
        .test()
        .assertError(IllegalArgumentException.class);
  }

  private TestObserver<Void> ensure(Scope scope, Optional<UserId> user) {
    TestObserver<Void> done = tokens.ensure(DRAWN_ELSEWHERE, scope, user).test();
    answerAll();
    return done;
  }

  private String issue(Scope scope, Optional<UserId> user) {
    return run(tokens.issue(scope, user));
  }

  private Optional<TokenGrant> check(StoredTokens by, String token) {
    Maybe<TokenGrant> checking = by.check(token);
    TestObserver<TokenGrant> done = checking.test();
    answerAll();
    done.assertComplete();
    return done.values().stream().findFirst();
  }

  private <T> T run(Single<T> work) {
    TestObserver<T> done = work.test();
    answerAll();
    return done.values().get(0);
  }

  private void run(Completable work) {
    TestObserver<Void> done = work.test();
    answerAll();
    done.assertComplete();
  }

  private void answerAll() {
    while (!storage.waiting.isEmpty()) {
      storage.let(storage.waiting.get(0), Fate.ANSWERED);
    }
  }

  private StoredTokens tokensOf(String process) {
    SplittableRandom random = new SplittableRandom(process.hashCode());
    return new StoredTokens(
        storage.rowsOf(process),
        new DirectoryEnvironment(
            time,
            () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
            random,
            new Stamps(Incarnation.draw(random))));
  }
}
