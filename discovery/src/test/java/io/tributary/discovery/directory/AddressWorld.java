package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.SteppedStorage.Call;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.SlotTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Processes that give and take addresses of two users, one step at a time, with their mailboxes.
 */
final class AddressWorld {
  private static final CellMap ONE_CELL =
      new CellMap(SlotTable.allOn(1, 1), Pins.NONE, List.of(Cell.sharing(1, "c1", 1)));

  final Map<String, AddressChange> outcomes = new LinkedHashMap<>();
  private final SteppedStorage storage = new SteppedStorage();
  private final Map<UserId, List<Address>> mailboxes = new LinkedHashMap<>();
  private final List<String> running = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final TestScheduler time = new TestScheduler();
  private final InstantSource clock =
      () -> Instant.ofEpochMilli(1_000_000 + time.now(TimeUnit.MILLISECONDS));
  private final Stamps stamps = new Stamps(new Incarnation(1, 1));
  private final Choices choices;
  private int faultsLeft;
  private int calls;

  AddressWorld(Choices choices) {
    this.choices = choices;
    account(1, "ann");
    account(2, "bob");
  }

  private void account(long id, String name) {
    Address chat = Address.parse("chat:" + name);
    Account account =
        new Account(Account.State.ACTIVE, name, List.of(chat), "c1", 1, 0, stamps.next());
    write(new UserId(id), account);
    claim(chat, new UserId(id));
  }

  private void write(UserId user, Account account) {
    var before = storage.rows.accounts().get(user).blockingGet();
    assertThat(
            (before == null
                    ? storage.rows.accounts().putIfAbsent(user, account)
                    : storage.rows.accounts().replace(user, before, account))
                .blockingGet())
        .isTrue();
  }

  private void claim(Address address, UserId user) {
    Claim claim = new Claim(Claim.State.CLAIMED, user, clock.millis(), stamps.next());
    assertThat(storage.rows.claims().putIfAbsent(address, claim).blockingGet()).isTrue();
  }

  AddressWorld withFaults(int faults) {
    faultsLeft = faults;
    return this;
  }

  /** The address is the user's already. */
  void give(UserId user, Address address) {
    claim(address, user);
    List<Address> all = new ArrayList<>(listed(user));
    all.add(address);
    write(user, row(user).withAddresses(all, stamps.next()));
    mailboxes.put(user, all);
  }

  void add(String process, UserId user, Address address) {
    start(process, directoryOf(process).addAddress(user, address));
  }

  void remove(String process, UserId user, Address address) {
    start(process, directoryOf(process).removeAddress(user, address));
  }

  private void start(String process, Single<AddressChange> change) {
    running.add(process);
    var unused =
        change.subscribe(
            outcome -> {
              outcomes.put(process, outcome);
              running.remove(process);
            });
  }

  AddressChange addNow(UserId user, Address address) {
    String process = "now" + calls++;
    add(process, user, address);
    return finish(process);
  }

  AddressChange removeNow(UserId user, Address address) {
    String process = "now" + calls++;
    remove(process, user, address);
    return finish(process);
  }

  private AddressChange finish(String process) {
    faultsLeft = 0;
    run();
    return Optional.ofNullable(outcomes.get(process)).orElseThrow();
  }

  /** The user's mailbox refuses an address, and its directory looks after it. */
  void refuseInVain(UserId user, Address address) {
    assertThat(listed(user)).contains(address);
    directoryOf("mender").forget(address);
    while (!storage.waiting.isEmpty()) {
      storage.let(storage.waiting.get(0), Fate.ANSWERED);
    }
  }

  private StoredDirectory directoryOf(String process) {
    SplittableRandom random = new SplittableRandom(process.hashCode());
    return new StoredDirectory(
        storage.rowsOf(process),
        storage.logOf(process)::append,
        new Placement(() -> ONE_CELL, random),
        account -> told(process, account),
        new DirectoryEnvironment(time, clock, random, new Stamps(Incarnation.draw(random))));
  }

  private Completable told(String process, UserAccount account) {
    Single<Boolean> work =
        Single.fromCallable(() -> mailboxes.put(account.id(), account.addresses()) == null);
    return storage.send(process, "tell", work, Optional.empty()).ignoreElement();
  }

  /** Answers so many calls of the process; the next one meets its fate, and then it is no more. */
  void dieAfter(String process, int steps, Fate fate) {
    for (int i = 0; i < steps && !storage.waiting.isEmpty(); i++) {
      storage.let(storage.waiting.get(0), Fate.ANSWERED);
    }
    if (!storage.waiting.isEmpty()) {
      storage.let(storage.waiting.get(0), fate);
    }
    storage.waiting.clear();
    running.remove(process);
    check();
  }

  void landAll() {
    while (storage.late() > 0) {
      storage.land(0);
      check();
    }
  }

  void run() {
    for (int step = 0; !running.isEmpty(); step++) {
      assertThat(step).as("endless: %s", trace).isLessThan(2_000);
      step();
      check();
    }
  }

  private void step() {
    if (storage.waiting.isEmpty()) {
      time.advanceTimeBy(20, TimeUnit.MILLISECONDS);
      return;
    }
    int late = faultsLeft > 0 ? storage.late() : 0;
    int chosen = choices.next(storage.waiting.size() + late);
    if (chosen >= storage.waiting.size()) {
      trace.add("late write lands");
      storage.land(chosen - storage.waiting.size());
      return;
    }
    Call<?> call = storage.waiting.get(chosen);
    int fate = faultsLeft > 0 ? choices.fault(Fate.values().length - 1) : 0;
    faultsLeft -= fate == 0 ? 0 : 1;
    trace.add(call + " " + Fate.values()[fate]);
    storage.let(call, Fate.values()[fate]);
  }

  /** What is listed is claimed by who lists it. */
  private void check() {
    for (UserId user : List.of(new UserId(1), new UserId(2))) {
      for (Address address : listed(user)) {
        Claim claim = storage.rows.claims().get(address).blockingGet().value();
        assertThat(claim.user()).as("%s: %s", address, trace).isEqualTo(user);
        assertThat(claim.state()).as("%s: %s", address, trace).isEqualTo(Claim.State.CLAIMED);
      }
    }
  }

  void passDays(int days) {
    time.advanceTimeBy(days, TimeUnit.DAYS);
  }

  List<Address> listed(UserId user) {
    return row(user).addresses();
  }

  private Account row(UserId user) {
    return storage.rows.accounts().get(user).toSingle().blockingGet().value();
  }

  List<Address> knownToMailbox(UserId user) {
    return mailboxes.getOrDefault(user, List.of());
  }

  String trace() {
    return trace.toString();
  }
}
