package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.discovery.directory.SteppedStorage.Call;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.storage.DirectoryStore.ListedAccount;
import io.tributary.storage.LogId;
import io.tributary.storage.Stored;
import io.tributary.storage.StoredEntry;
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
 * Several processes that create accounts in one storage, under a virtual clock, one step at a time.
 * After every step it checks what must always hold.
 */
final class CreationWorld {
  private static final int STEPS_MAX = 2_000;
  private static final CellMap ONE_CELL =
      new CellMap(SlotTable.allOn(1, 1), Pins.NONE, List.of(Cell.sharing(1, "c1", 1)));

  final SteppedStorage storage = new SteppedStorage();
  final Map<String, Creation> outcomes = new LinkedHashMap<>();
  private final List<String> running = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final TestScheduler time = new TestScheduler();
  private final InstantSource clock =
      () -> Instant.ofEpochMilli(1_000_000 + time.now(TimeUnit.MILLISECONDS));
  private final Choices choices;
  private int faultsLeft;
  private boolean timeJumps;

  CreationWorld(Choices choices, int faults) {
    this.choices = choices;
    this.faultsLeft = faults;
  }

  /** Starts a creation in a process of its own. */
  void start(String process, NewUser user, Optional<String> requestId) {
    running.add(process);
    note(
        process,
        directoryOf(process)
            .create(user, requestId)
            .doOnSuccess(outcome -> outcomes.put(process, outcome))
            .ignoreElement());
  }

  private void note(String process, Completable work) {
    var unused =
        work.subscribe(() -> running.remove(process), error -> errors.add(process + ": " + error));
  }

  StoredDirectory directoryOf(String process) {
    SplittableRandom random = new SplittableRandom(process.hashCode());
    return new StoredDirectory(
        storage.rowsOf(process),
        storage.logOf(process)::append,
        new Placement(() -> ONE_CELL, random),
        account -> Completable.complete(),
        new DirectoryEnvironment(time, clock, random, new Stamps(Incarnation.draw(random))));
  }

  /** Lets the clock jump by a minute now and then: creations look dead while they go on. */
  CreationWorld withTimeJumps() {
    timeJumps = true;
    return this;
  }

  /** A process that dies after so many answered calls. */
  void abandonAfter(String process, NewUser user, int calls) {
    start(process, user, Optional.empty());
    for (int i = 0; i < calls; i++) {
      storage.let(storage.waiting.get(0), Fate.ANSWERED);
    }
    storage.waiting.clear();
    crash(process);
  }

  /** Answers its calls up to the first of that kind, which stays on its way. */
  Call<?> goOnUntil(String process, String what) {
    while (true) {
      Call<?> call =
          storage.waiting.stream()
              .filter(sent -> sent.process.equals(process))
              .findFirst()
              .orElseThrow();
      if (call.what.equals(what)) {
        storage.waiting.remove(call);
        return call;
      }
      storage.let(call, Fate.ANSWERED);
    }
  }

  void stopFaults() {
    faultsLeft = 0;
  }

  /** Its owner gave the address back, so many days ago. */
  void release(Address address, int days) {
    Stored<Claim> row = storage.rows.claims().get(address).blockingGet();
    Stored<Account> account = storage.rows.accounts().get(row.value().user()).blockingGet();
    Account before = account.value();
    Account after =
        new Account(
            before.state(),
            before.name(),
            before.addresses().stream().filter(kept -> !kept.equals(address)).toList(),
            before.cell(),
            before.generation(),
            before.createdMillis(),
            new Stamp(new Incarnation(7, 7), 1));
    Claim released =
        new Claim(
            Claim.State.RELEASED,
            row.value().user(),
            clock.millis(),
            new Stamp(new Incarnation(7, 7), 2));
    assertThat(storage.rows.accounts().replace(row.value().user(), account, after).blockingGet())
        .isTrue();
    assertThat(storage.rows.claims().replace(address, row, released).blockingGet()).isTrue();
    passDays(days);
  }

  void passDays(int days) {
    time.advanceTimeBy(days, TimeUnit.DAYS);
  }

  String stateOfClaim(Address address) {
    return storage.rows.claims().get(address).blockingGet().value().state().name();
  }

  /** Runs until nobody has anything left to do; late writes may still be under way. */
  void run() {
    for (int step = 0; !running.isEmpty(); step++) {
      assertThat(step).as("endless: %s", trace).isLessThan(STEPS_MAX);
      step();
      checkInvariants();
    }
  }

  private void step() {
    if (timeJumps && choices.next(10) == 0) {
      trace.add("jump");
      time.advanceTimeBy(61, TimeUnit.SECONDS);
      return;
    }
    int late = faultsLeft > 0 ? storage.late() : 0;
    if (storage.waiting.isEmpty()) {
      trace.add("time");
      time.advanceTimeBy(20, TimeUnit.MILLISECONDS);
      return;
    }
    int chosen = choices.next(storage.waiting.size() + late);
    if (chosen >= storage.waiting.size()) {
      trace.add("late write lands");
      storage.land(chosen - storage.waiting.size());
      return;
    }
    Call<?> call = storage.waiting.get(chosen);
    int fate = faultsLeft > 0 ? choices.fault(Fate.values().length) : 0;
    faultsLeft -= fate == 0 ? 0 : 1;
    if (fate == Fate.values().length) {
      trace.add(call + " CRASH");
      crash(call.process);
    } else {
      trace.add(call + (fate == 0 ? "" : " " + Fate.values()[fate]));
      storage.let(call, Fate.values()[fate]);
    }
  }

  private void crash(String process) {
    storage.crash(process, choices);
    running.remove(process);
  }

  /** The storm is over: what is late lands, the dead are given up. */
  void calm() {
    faultsLeft = 0;
    while (storage.late() > 0) {
      storage.land(0);
      checkInvariants();
    }
    time.advanceTimeBy(61, TimeUnit.SECONDS);
  }

  /** A creation without faults, run to its end. */
  Creation createNow(String process, NewUser user, Optional<String> requestId) {
    start(process, user, requestId);
    run();
    return Optional.ofNullable(outcomes.get(process)).orElseThrow();
  }

  void sweepNow() {
    running.add("sweeper");
    note("sweeper", directoryOf("sweeper").sweep());
    run();
  }

  void checkInvariants() {
    assertThat(errors).as("%s", trace).isEmpty();
    Map<Address, ListedAccount> owners = new LinkedHashMap<>();
    for (ListedAccount listed : active()) {
      for (Address address : listed.account().addresses()) {
        assertThat(owners.put(address, listed)).as("two owners of one address: %s", trace).isNull();
        Claim claim = storage.rows.claims().get(address).blockingGet().value();
        assertThat(claim.state())
            .as("claim of an active account: %s", trace)
            .isEqualTo(Claim.State.CLAIMED);
        assertThat(claim.user())
            .as("claim of an active account: %s", trace)
            .isEqualTo(listed.user());
      }
      checkLog(listed);
    }
  }

  private void checkLog(ListedAccount listed) {
    LogId id = new LogId(listed.user(), listed.account().generation());
    List<StoredEntry> entries = storage.log.read(id, 1, 10).blockingGet();
    assertThat(entries).as("log of an active account: %s", trace).hasSize(1);
    Action.Opened opened = (Action.Opened) decode(entries.get(0)).actions().get(0).action();
    assertThat(opened.name()).isEqualTo(listed.account().name());
    assertThat(opened.cell()).isEqualTo(listed.account().cell());
    assertThat(opened.generation()).isEqualTo(listed.account().generation());
    assertThat(opened.addresses()).containsAll(listed.account().addresses());
  }

  private static Entry decode(StoredEntry entry) {
    try {
      return EntryCodec.decode(entry.bytes().toArray());
    } catch (UnreadableEntryException wrong) {
      throw new AssertionError(wrong);
    }
  }

  List<ListedAccount> active() {
    return storage.rows.listAccounts(Optional.empty(), 1_000).blockingGet().stream()
        .filter(listed -> listed.account().state() == Account.State.ACTIVE)
        .toList();
  }

  Optional<ListedAccount> ownerOf(Address address) {
    return active().stream()
        .filter(listed -> listed.account().addresses().contains(address))
        .findFirst();
  }

  String trace() {
    return trace.toString();
  }
}
