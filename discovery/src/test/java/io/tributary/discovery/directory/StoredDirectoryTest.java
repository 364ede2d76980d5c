package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.Creation.Created;
import io.tributary.discovery.directory.Resolution.Resolved;
import io.tributary.discovery.directory.Resolution.Unknown;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StoredDirectoryTest {
  private static final Address BOB = Address.parse("chat:bob");
  private static final Address MAIL = Address.parse("email:bob@example.com");
  private static final Address PHONE = Address.parse("sms:+12025550102");
  private static final UserId USER = new UserId(7);

  private final SteppedStorage storage = new SteppedStorage();
  private final TestScheduler time = new TestScheduler();
  private final Stamps stamps = new Stamps(new Incarnation(1, 1));
  private final List<UserAccount> told = new ArrayList<>();
  private final StoredDirectory directory = directoryOf("here");

  @Test
  void anAddressOfAnActiveAccountShouldResolve() {
    UserAccount bob = create(new NewUser(BOB, List.of(MAIL)));
    StoredDirectory elsewhere = directoryOf("elsewhere");
    assertThat(resolve(elsewhere, MAIL))
        .isEqualTo(new Resolved(new Recipient(bob.id(), 1, MAIL), bob));
    assertThat(resolve(elsewhere, PHONE)).isEqualTo(new Unknown());
  }

  @Test
  void anAddressShouldNotCountUnlessItsAccountIsActiveAndListsIt() {
    write(Account.State.CREATING, List.of(BOB, MAIL));
    write(MAIL, Claim.State.CLAIMED);
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    StoredDirectory second = directoryOf("second");
    rewrite(Account.State.ACTIVE, List.of(BOB));
    assertThat(resolve(second, MAIL)).isEqualTo(new Unknown());
    StoredDirectory third = directoryOf("third");
    rewrite(Account.State.ACTIVE, List.of(BOB, MAIL));
    assertThat(resolve(third, MAIL)).isInstanceOf(Resolved.class);
  }

  @Test
  void aReleasedOrFreeClaimShouldNotCount() {
    write(Account.State.ACTIVE, List.of(BOB, MAIL, PHONE));
    write(MAIL, Claim.State.RELEASED);
    write(PHONE, Claim.State.FREE);
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    assertThat(resolve(directory, PHONE)).isEqualTo(new Unknown());
  }

  @Test
  void unknownShouldBeReadAgainBeforeTwoSecondsAreOver() {
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    assertThat(directory.resolve(MAIL).test().values()).containsExactly(new Unknown()); // cached
    create(directoryOf("elsewhere"), new NewUser(BOB, List.of(MAIL)));
    pass(1_999);
    assertThat(resolve(directory, MAIL)).isInstanceOf(Resolved.class);
  }

  @Test
  void unknownShouldNotBeAnsweredFromMemoryWhileStorageIsAway() {
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    pass(2_000);
    TestObserver<Resolution> asked = directory.resolve(MAIL).test();
    failAll();
    asked.assertError(StorageUnavailableException.class);
  }

  @Test
  void aCreationHereShouldBeKnownHereAtOnce() {
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    create(new NewUser(BOB, List.of(MAIL)));
    directory.resolve(MAIL).test().assertValue(found -> found instanceof Resolved);
    assertThat(storage.waiting).isEmpty();
  }

  @Test
  void aKnownAddressShouldKeepWorkingWhileStorageIsAway() {
    UserAccount bob = create(new NewUser(BOB, List.of(MAIL)));
    pass(TimeUnit.HOURS.toMillis(5));
    TestObserver<Resolution> asked = directory.resolve(MAIL).test();
    asked.assertNotComplete(); // old: it is read again
    failAll();
    asked.assertValue(new Resolved(new Recipient(bob.id(), 1, MAIL), bob));
    directory.resolve(MAIL).test().assertComplete(); // the next ones don't wait for time-outs
    assertThat(storage.waiting).isEmpty();
    pass(1_001);
    directory.resolve(MAIL).test().assertNotComplete();
  }

  @Test
  void aKnownAddressShouldBeReadAgainAfterAMinute() {
    write(Account.State.ACTIVE, List.of(BOB, MAIL));
    write(MAIL, Claim.State.CLAIMED);
    assertThat(resolve(directory, MAIL)).isInstanceOf(Resolved.class);
    rewrite(Account.State.ACTIVE, List.of(BOB));
    pass(59_999);
    assertThat(resolve(directory, MAIL)).isInstanceOf(Resolved.class);
    pass(1);
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
  }

  @Test
  void aForgottenAddressShouldBeReadAgain() {
    write(Account.State.ACTIVE, List.of(BOB, MAIL));
    write(MAIL, Claim.State.CLAIMED);
    assertThat(resolve(directory, MAIL)).isInstanceOf(Resolved.class);
    rewrite(Account.State.ACTIVE, List.of(BOB));
    directory.forget(MAIL);
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
  }

  @Test
  void anAnswerSentBeforeAForgetShouldNotBeRemembered() {
    write(Account.State.ACTIVE, List.of(BOB, MAIL));
    write(MAIL, Claim.State.CLAIMED);
    TestObserver<Resolution> early = directory.resolve(MAIL).test();
    directory.forget(MAIL);
    answerAll();
    early.assertComplete();
    directory.resolve(MAIL).test().assertNotComplete();
  }

  @Test
  void aMailboxThatRefusedAnAddressOfItsOwnShouldBeToldAgain() {
    UserAccount bob = create(new NewUser(BOB, List.of(MAIL)));
    directory.forget(MAIL);
    directory.forget(PHONE); // nobody's
    answerAll();
    assertThat(told).containsExactly(bob);
  }

  @Test
  void anAddressShouldResolveAsSoonAsItWasAddedHereAndNoLongerOnceItWasRemoved() {
    UserAccount bob = create(new NewUser(BOB, List.of()));
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    TestObserver<AddressChange> added = directory.addAddress(bob.id(), MAIL).test();
    answerAll();
    added.assertValue(done -> done instanceof AddressChange.Changed);
    directory.resolve(MAIL).test().assertValue(found -> found instanceof Resolved);
    TestObserver<AddressChange> removed = directory.removeAddress(bob.id(), MAIL).test();
    answerAll();
    removed.assertValue(new AddressChange.Changed(bob));
    assertThat(resolve(directory, MAIL)).isEqualTo(new Unknown());
    directory.byId(bob.id()).test().assertValue(bob);
  }

  @Test
  void askersOfOneAddressShouldShareARead() {
    TestObserver<Resolution> first = directory.resolve(MAIL).test();
    TestObserver<Resolution> second = directory.resolve(MAIL).test();
    assertThat(storage.waiting).hasSize(1);
    answerAll();
    first.assertValue(new Unknown());
    second.assertValue(new Unknown());
  }

  @Test
  void anAskerShouldNotJoinAReadThatWasSentLongAgo() {
    TestObserver<Resolution> first = directory.resolve(MAIL).test();
    pass(1_500);
    TestObserver<Resolution> second = directory.resolve(MAIL).test();
    assertThat(storage.waiting).hasSize(2);
    answerAll();
    first.assertComplete();
    second.assertComplete();
  }

  @Test
  void accountsShouldBeFoundByNameInAnySpellingAndById() {
    UserAccount bob = create(new NewUser(BOB, List.of()));
    StoredDirectory elsewhere = directoryOf("elsewhere");
    TestObserver<UserAccount> named = elsewhere.byName("Bob").test();
    TestObserver<UserAccount> byId = elsewhere.byId(bob.id()).test();
    answerAll();
    named.assertValue(bob);
    byId.assertValue(bob);
    elsewhere.byName("no name at all").test().assertNoValues().assertComplete();
  }

  @Test
  void aListShouldHoldActiveAccountsOnlyInPages() {
    List<UserId> active = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Account.State state = i % 3 == 0 ? Account.State.ABORTED : Account.State.ACTIVE;
      UserId user = new UserId(100 + i);
      put(user, state, List.of(Address.parse("chat:u" + i)));
      if (state == Account.State.ACTIVE) {
        active.add(user);
      }
    }
    List<UserId> listed = new ArrayList<>();
    Optional<UserId> after = Optional.empty();
    List<UserAccount> page;
    do {
      TestObserver<List<UserAccount>> asked = directory.list(after, 4).test();
      answerAll();
      page = asked.values().get(0);
      page.forEach(account -> listed.add(account.id()));
      after = listed.isEmpty() ? after : Optional.of(listed.get(listed.size() - 1));
    } while (page.size() == 4);
    assertThat(listed).isEqualTo(active);
  }

  @Test
  void sizesOutOfRangeShouldBeRefused() {
    assertThatThrownBy(() -> directory.list(Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    NewUser bob = new NewUser(BOB, List.of());
    assertThatThrownBy(() -> directory.create(bob, Optional.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> directory.create(bob, Optional.of("x".repeat(129))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private UserAccount create(NewUser user) {
    return create(directory, user);
  }

  private UserAccount create(StoredDirectory by, NewUser user) {
    TestObserver<Creation> creating = by.create(user, Optional.empty()).test();
    answerAll();
    return ((Created) creating.values().get(0)).account();
  }

  private Resolution resolve(StoredDirectory by, Address address) {
    TestObserver<Resolution> asked = by.resolve(address).test();
    answerAll();
    return asked.values().get(0);
  }

  private void answerAll() {
    while (!storage.waiting.isEmpty()) {
      storage.let(storage.waiting.get(0), Fate.ANSWERED);
    }
  }

  private void failAll() {
    while (!storage.waiting.isEmpty()) {
      storage.let(storage.waiting.get(0), Fate.LOST);
    }
  }

  private void pass(long millis) {
    time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
  }

  private void write(Account.State state, List<Address> addresses) {
    put(USER, state, addresses);
  }

  private void put(UserId user, Account.State state, List<Address> addresses) {
    assertThat(storage.rows.accounts().putIfAbsent(user, account(state, addresses)).blockingGet())
        .isTrue();
  }

  private void rewrite(Account.State state, List<Address> addresses) {
    assertThat(
            storage
                .rows
                .accounts()
                .get(USER)
                .flatMapSingle(
                    row -> storage.rows.accounts().replace(USER, row, account(state, addresses)))
                .blockingGet())
        .isTrue();
  }

  private Account account(Account.State state, List<Address> addresses) {
    return new Account(state, "bob", addresses, "c1", 1, 0, stamps.next());
  }

  private void write(Address address, Claim.State state) {
    Claim claim = new Claim(state, USER, 0, stamps.next());
    assertThat(storage.rows.claims().putIfAbsent(address, claim).blockingGet()).isTrue();
  }

  private StoredDirectory directoryOf(String process) {
    SplittableRandom random = new SplittableRandom(process.hashCode());
    CellMap map = new CellMap(SlotTable.allOn(1, 1), Pins.NONE, List.of(Cell.sharing(1, "c1", 1)));
    return new StoredDirectory(
        storage.rowsOf(process),
        storage.logOf(process)::append,
        new Placement(() -> map, random),
        account -> Completable.fromAction(() -> told.add(account)),
        new DirectoryEnvironment(
            time,
            () -> Instant.ofEpochMilli(1_000_000 + time.now(TimeUnit.MILLISECONDS)),
            random,
            new Stamps(Incarnation.draw(random))));
  }
}
