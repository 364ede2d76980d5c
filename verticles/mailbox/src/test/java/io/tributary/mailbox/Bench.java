package io.tributary.mailbox;

import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemorySnapshotStore;
import io.tributary.storage.LogId;
import io.tributary.storage.SnapshotStore;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A shard on a scripted log, in virtual time, and what it told its observer. */
final class Bench implements MailboxObserver {
  static final LogId LOG = Mails.MAILBOX.log();

  final ScriptedLog log;
  final ScriptedMarkers markers;
  final SnapshotStore snapshots;
  final ScriptedPost post = new ScriptedPost();
  final List<LiveBatch> batches = new ArrayList<>();
  final TestScheduler time = new TestScheduler();
  final List<DeliverOutcome> outcomes = new ArrayList<>();
  final List<Integer> appended = new ArrayList<>();
  final List<Boolean> loads = new ArrayList<>();
  final MailboxShard shard;
  int queueDepth;
  int inDoubt;
  int outrun;

  Bench() {
    this(MailboxLimits.DEFAULT);
  }

  Bench(MailboxLimits limits) {
    this(new ScriptedLog(), new InMemorySnapshotStore(), new ScriptedMarkers(), limits, 1);
    write(LOG, 1, opened());
  }

  private Bench(
      ScriptedLog log,
      SnapshotStore snapshots,
      ScriptedMarkers markers,
      MailboxLimits limits,
      long incarnation) {
    this.log = log;
    this.snapshots = snapshots;
    this.markers = markers;
    time.advanceTimeTo(1_000_000, TimeUnit.MILLISECONDS);
    shard = new MailboxShard(links(), environment(incarnation), limits, this);
  }

  private MailboxLinks links() {
    return new MailboxLinks(log, snapshots, markers, post, batches::add);
  }

  /** For mailboxes without their shard. */
  ShardResources resources() {
    return new ShardResources(links(), environment(3), MailboxLimits.DEFAULT, this);
  }

  /** Another owner of the same logs, not held up by the script. */
  Bench rival() {
    return rival(snapshots);
  }

  /** Another owner of the same logs, which finds these snapshots. */
  Bench rival(SnapshotStore snapshots) {
    Bench rival =
        new Bench(new ScriptedLog(log.memory), snapshots, markers.same(), MailboxLimits.DEFAULT, 2);
    rival.log.appendsAreHeld = false;
    return rival;
  }

  private MailboxEnvironment environment(long incarnation) {
    InstantSource clock = () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    return new MailboxEnvironment(
        time, clock, new Stamps(new Incarnation(0, incarnation)), new Random(1));
  }

  TestObserver<DeliverOutcome> deliver(Mails mail) {
    return deliver(mail.delivery());
  }

  TestObserver<DeliverOutcome> deliver(Delivery delivery) {
    return shard.deliver(delivery).test();
  }

  TestObserver<CommandOutcome> execute(Command command) {
    return shard.execute(Mails.MAILBOX, command).test();
  }

  void pass(Duration duration) {
    time.advanceTimeBy(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  static List<RecordedAction> opened() {
    return opened(1);
  }

  static List<RecordedAction> opened(int generation) {
    List<Address> addresses = List.of(Mails.BOBS, Mails.BOBS_OTHER);
    Action action = new Action.Opened(generation, "c1", "bob", addresses);
    return List.of(new RecordedAction(500, Optional.empty(), action, Optional.empty()));
  }

  /** Someone else's entry. */
  void write(LogId id, long number, List<RecordedAction> actions) {
    Stamp stamp = new Stamp(new Incarnation(9, 9), number);
    write(id, number, stamp, EntryCodec.encode(new Entry(stamp, actions)));
  }

  void write(LogId id, long number, Stamp stamp, byte[] bytes) {
    AppendResult result =
        log.memory.append(new FrozenEntry(id, number, stamp, Bytes.copyOf(bytes))).blockingGet();
    if (!(result instanceof AppendResult.Appended)) {
      throw new AssertionError("entry " + number + " is taken");
    }
  }

  List<StoredEntry> stored() {
    return log.memory.read(LOG, 1, 10_000).blockingGet();
  }

  /** Entries with their actions, decoded. */
  List<Entry> entries() {
    return stored().stream().map(each -> EntryCodec.decode(each.bytes().unsafeArray())).toList();
  }

  @Override
  public void delivered(DeliverOutcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void appended(Duration latency, int actions) {
    appended.add(actions);
  }

  @Override
  public void outrun() {
    outrun++;
  }

  @Override
  public void loaded(Duration latency, long entries, boolean complete) {
    loads.add(complete);
  }

  @Override
  public void queueDepth(int deliveries) {
    queueDepth = deliveries;
  }

  @Override
  public void inDoubt(int mailboxes) {
    inDoubt = mailboxes;
  }
}
