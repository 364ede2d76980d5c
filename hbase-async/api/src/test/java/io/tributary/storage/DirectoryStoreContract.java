package io.tributary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.DirectoryStore.ListedAccount;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DirectoryStore} promises. The store need not be empty: each test draws keys of
 * its own.
 */
public interface DirectoryStoreContract {
  SecureRandom RANDOM = new SecureRandom();
  Stamps STAMPS = new Stamps(Incarnation.draw(RANDOM));

  /** The store under test. */
  DirectoryStore testee();

  @Test
  default void getShouldBeEmptyForARowThatWasNeverWritten() {
    assertThat(read(testee().accounts().get(anyUser()))).isEmpty();
    assertThat(read(testee().claims().get(anyAddress()))).isEmpty();
    assertThat(read(testee().tokens().get(anyHash()))).isEmpty();
    assertThat(read(testee().requests().get(anyRequestId()))).isEmpty();
  }

  @Test
  default void putIfAbsentShouldStoreWhatGetReads() {
    UserId user = anyUser();
    Account account = account("alice", Account.State.CREATING);
    assertThat(write(testee().accounts().putIfAbsent(user, account))).isTrue();
    assertThat(read(testee().accounts().get(user)).map(Stored::value)).contains(account);
  }

  @Test
  default void everyTableShouldStoreItsOwnKindOfRow() {
    Address address = anyAddress();
    Claim claim = claim(anyUser());
    TokenHash hash = anyHash();
    TokenGrant operator = grant(Optional.empty());
    TokenHash otherHash = anyHash();
    TokenGrant personal = grant(Optional.of(anyUser()));
    String requestId = anyRequestId();
    CreationRequest request = new CreationRequest(anyUser(), anyBytes(32), STAMPS.next());

    assertThat(write(testee().claims().putIfAbsent(address, claim))).isTrue();
    assertThat(write(testee().tokens().putIfAbsent(hash, operator))).isTrue();
    assertThat(write(testee().tokens().putIfAbsent(otherHash, personal))).isTrue();
    assertThat(write(testee().requests().putIfAbsent(requestId, request))).isTrue();

    assertThat(read(testee().claims().get(address)).map(Stored::value)).contains(claim);
    assertThat(read(testee().tokens().get(hash)).map(Stored::value)).contains(operator);
    assertThat(read(testee().tokens().get(otherHash)).map(Stored::value)).contains(personal);
    assertThat(read(testee().requests().get(requestId)).map(Stored::value)).contains(request);
  }

  @Test
  default void putIfAbsentShouldRefuseWhenAnotherValueStands() {
    Address address = anyAddress();
    Claim first = claim(anyUser());
    assertThat(write(testee().claims().putIfAbsent(address, first))).isTrue();
    assertThat(write(testee().claims().putIfAbsent(address, claim(anyUser())))).isFalse();
    assertThat(read(testee().claims().get(address)).map(Stored::value)).contains(first);
  }

  @Test
  default void putIfAbsentShouldSayTrueAgainWhenRepeatedWithTheSameValue() {
    Address address = anyAddress();
    Claim claim = claim(anyUser());
    assertThat(write(testee().claims().putIfAbsent(address, claim))).isTrue();
    assertThat(write(testee().claims().putIfAbsent(address, claim))).isTrue();
  }

  @Test
  default void replaceShouldWriteWhenTheExpectedValueStands() {
    UserId user = anyUser();
    Stored<Account> before = stored(user, account("bob", Account.State.CREATING));
    Account active = before.value().withState(Account.State.ACTIVE, STAMPS.next());
    assertThat(write(testee().accounts().replace(user, before, active))).isTrue();
    assertThat(read(testee().accounts().get(user)).map(Stored::value)).contains(active);
  }

  @Test
  default void replaceShouldRefuseWhenSomethingElseStands() {
    UserId user = anyUser();
    Stored<Account> before = stored(user, account("bob", Account.State.CREATING));
    Account aborted = before.value().withState(Account.State.ABORTED, STAMPS.next());
    Account active = before.value().withState(Account.State.ACTIVE, STAMPS.next());
    assertThat(write(testee().accounts().replace(user, before, aborted))).isTrue();
    assertThat(write(testee().accounts().replace(user, before, active))).isFalse();
    assertThat(read(testee().accounts().get(user)).map(Stored::value)).contains(aborted);
  }

  @Test
  default void replaceShouldTellApartRowsThatDifferOnlyInTheirStamp() {
    Address address = anyAddress();
    UserId user = anyUser();
    Claim first = new Claim(Claim.State.CLAIMED, user, 1, STAMPS.next());
    assertThat(write(testee().claims().putIfAbsent(address, first))).isTrue();
    Stored<Claim> read = read(testee().claims().get(address)).orElseThrow();
    Claim second = new Claim(Claim.State.CLAIMED, user, 1, STAMPS.next());
    assertThat(write(testee().claims().replace(address, read, second))).isTrue();
    assertThat(write(testee().claims().replace(address, read, claim(user)))).isFalse();
  }

  @Test
  default void replaceShouldSayTrueAgainWhenRepeatedWithTheSameValue() {
    UserId user = anyUser();
    Stored<Account> before = stored(user, account("bob", Account.State.CREATING));
    Account active = before.value().withState(Account.State.ACTIVE, STAMPS.next());
    assertThat(write(testee().accounts().replace(user, before, active))).isTrue();
    assertThat(write(testee().accounts().replace(user, before, active))).isTrue();
  }

  @Test
  default void replaceShouldRefuseWhereNoRowStands() {
    Stored<Account> elsewhere = stored(anyUser(), account("bob", Account.State.CREATING));
    UserId nobody = anyUser();
    Account active = elsewhere.value().withState(Account.State.ACTIVE, STAMPS.next());
    assertThat(write(testee().accounts().replace(nobody, elsewhere, active))).isFalse();
    assertThat(read(testee().accounts().get(nobody))).isEmpty();
  }

  @Test
  default void aLatePutIfAbsentShouldNotUndoAReplacement() {
    Address address = anyAddress();
    Claim first = claim(anyUser());
    assertThat(write(testee().claims().putIfAbsent(address, first))).isTrue();
    Stored<Claim> read = read(testee().claims().get(address)).orElseThrow();
    Claim freed = new Claim(Claim.State.FREE, first.user(), 2, STAMPS.next());
    assertThat(write(testee().claims().replace(address, read, freed))).isTrue();
    assertThat(write(testee().claims().putIfAbsent(address, first))).isFalse();
    assertThat(read(testee().claims().get(address)).map(Stored::value)).contains(freed);
  }

  @Test
  default void ofManyPutsAtOnceExactlyOneShouldWin() {
    Address address = anyAddress();
    List<Claim> rivals = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      rivals.add(claim(anyUser()));
    }
    List<Claim> winners =
        Flowable.fromIterable(rivals)
            .flatMapMaybe(
                rival ->
                    testee()
                        .claims()
                        .putIfAbsent(address, rival)
                        .filter(won -> won)
                        .map(won -> rival),
                false,
                16)
            .toList()
            .timeout(30, TimeUnit.SECONDS)
            .blockingGet();
    assertThat(winners).hasSize(1);
    assertThat(read(testee().claims().get(address)).map(Stored::value)).contains(winners.get(0));
  }

  @Test
  default void addressesShouldBeDifferentRowsWhenOnlyTheirKindDiffers() {
    String name = "n" + Long.toHexString(RANDOM.nextLong());
    Claim mail = claim(anyUser());
    Claim chat = claim(anyUser());
    Address mailAddress = new Address(AddressKind.EMAIL, name);
    Address chatAddress = new Address(AddressKind.CHAT, name);
    assertThat(write(testee().claims().putIfAbsent(mailAddress, mail))).isTrue();
    assertThat(write(testee().claims().putIfAbsent(chatAddress, chat))).isTrue();
    assertThat(read(testee().claims().get(mailAddress)).map(Stored::value)).contains(mail);
    assertThat(read(testee().claims().get(chatAddress)).map(Stored::value)).contains(chat);
  }

  @Test
  default void listAccountsShouldPageByRisingIdWhateverTheState() {
    long base = RANDOM.nextLong() >>> 2;
    List<ListedAccount> written = new ArrayList<>();
    for (Account.State state : Account.State.values()) {
      UserId user = new UserId(base + 1 + written.size());
      Account account = account("u" + state, state);
      written.add(new ListedAccount(user, account));
    }
    for (int i = written.size() - 1; i >= 0; i--) {
      ListedAccount next = written.get(i);
      assertThat(write(testee().accounts().putIfAbsent(next.user(), next.account()))).isTrue();
    }
    Optional<UserId> before = base == 0 ? Optional.empty() : Optional.of(new UserId(base));
    assertThat(list(before, 2)).containsExactlyElementsOf(written.subList(0, 2));
    assertThat(list(Optional.of(written.get(1).user()), 1)).containsExactly(written.get(2));
  }

  @Test
  default void listAccountsShouldBeginWithTheFirstAndEndWithTheLast() {
    Account account = account("last", Account.State.ACTIVE);
    UserId last = new UserId(Long.MAX_VALUE);
    write(testee().accounts().putIfAbsent(last, account));
    assertThat(list(Optional.empty(), 1)).hasSize(1);
    assertThat(list(Optional.of(new UserId(Long.MAX_VALUE - 1)), 10))
        .extracting(ListedAccount::user)
        .containsExactly(last);
    assertThat(list(Optional.of(last), 10)).isEmpty();
  }

  @Test
  default void listAccountsShouldRefuseAPageSizeOutOfRange() {
    assertThatThrownBy(() -> list(Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list(Optional.empty(), 1_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<ListedAccount> list(Optional<UserId> after, int max) {
    return write(testee().listAccounts(after, max));
  }

  private Stored<Account> stored(UserId user, Account account) {
    assertThat(write(testee().accounts().putIfAbsent(user, account))).isTrue();
    return read(testee().accounts().get(user)).orElseThrow();
  }

  private static <T> Optional<T> read(Maybe<T> call) {
    return call.map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .timeout(30, TimeUnit.SECONDS)
        .blockingGet();
  }

  private static <T> T write(Single<T> call) {
    return call.timeout(30, TimeUnit.SECONDS).blockingGet();
  }

  private static UserId anyUser() {
    return new UserId((RANDOM.nextLong() >>> 1) | 1);
  }

  private static Address anyAddress() {
    return new Address(
        AddressKind.EMAIL, "a" + Long.toHexString(RANDOM.nextLong()) + "+:é@example.com");
  }

  private static TokenHash anyHash() {
    return new TokenHash(anyBytes(32));
  }

  private static String anyRequestId() {
    return "request:" + Long.toHexString(RANDOM.nextLong());
  }

  private static Bytes anyBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return Bytes.ofOwned(bytes);
  }

  private static Account account(String name, Account.State state) {
    List<Address> addresses =
        List.of(new Address(AddressKind.CHAT, name), new Address(AddressKind.SMS, "+12025550102"));
    return new Account(state, name, addresses, "c1", 1, 1_700_000_000_000L, STAMPS.next());
  }

  private static Claim claim(UserId user) {
    return new Claim(Claim.State.CLAIMED, user, 1_700_000_000_000L, STAMPS.next());
  }

  private static TokenGrant grant(Optional<UserId> user) {
    TokenGrant.Scope scope = user.isPresent() ? TokenGrant.Scope.USER : TokenGrant.Scope.OPERATOR;
    return new TokenGrant(scope, user, 1_700_000_000_000L, 0, STAMPS.next());
  }
}
