package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.RefusalValue;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.Ownership;
import io.tributary.server.outbox.OwedScan;
import io.tributary.store.GroupCommitter;
import io.tributary.store.GroupMarker;
import io.tributary.store.HBaseActionLog;
import io.tributary.store.HBaseOwedMarkers;
import io.tributary.store.HBaseSnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All that an application server has in memory, from its start to its death. */
final class NodeLife {
  private static final long CLOCK_SKEW_MICROS = 2 * VirtualTime.SECOND;
  private static final Duration SCAN_PAUSE = Duration.ofSeconds(10);

  private final World world;
  private final SimulatedNode node;
  private final Life life;
  private final NodeWatch watch = new NodeWatch();
  private final SimulatedFeed feed;
  private final Optional<CellMember> member;
  private final Optional<RingWay> ringWay;
  private final MailboxWay way;
  private final List<MailboxShard> shards;
  private final ShardDoor door;
  private final Faces faces;

  NodeLife(World world, SimulatedNode node) {
    this.world = world;
    this.node = node;
    this.life =
        new Life(world.time(), world.chance().between(-CLOCK_SKEW_MICROS, CLOCK_SKEW_MICROS));
    this.member =
        world.hasRing()
            ? Optional.of(new CellMember(world, node.number(), life, this::becomes, this::handed))
            : Optional.empty();
    this.ringWay = member.map(joining -> new RingWay(world, node.number(), life, joining));
    this.way = ringWay.<MailboxWay>map(ring -> ring).orElseGet(() -> new OwnerlessWay(world, life));
    this.feed = new SimulatedFeed(world, life, way);
    this.shards = newShards();
    this.door = new ShardDoor(world, node.toString(), life, watch, shards);
    this.ringWay.ifPresent(ring -> ring.open(door));
    this.faces = Faces.of(world, life, way, feed);
  }

  /** The one that serves, and one that takes itself for it. */
  private List<MailboxShard> newShards() {
    SimulatedRows rows = newRows();
    GroupCommitter committer = world.committer(rows, life);
    GroupMarker marker = world.marker(rows, life);
    return Stream.of(way, new OwnerlessWay(world, life))
        .map(
            outbox ->
                newShard(
                    rows,
                    world.log(rows, committer, life),
                    world.markers(rows, marker, life),
                    outbox))
        .toList();
  }

  private MailboxShard newShard(
      SimulatedRows rows,
      HBaseActionLog log,
      HBaseOwedMarkers markers,
      MailboxLinks.Courier outbox) {
    MailboxLinks links =
        new MailboxLinks(
            log, new HBaseSnapshotStore(rows, World.NAMESPACE), markers, outbox, feed::publish);
    Stamps stamps = new Stamps(Incarnation.draw(world.chance().random()));
    return new MailboxShard(
        links,
        new MailboxEnvironment(life, life.clock(), stamps, world.chance().random()),
        world.scale().limits(),
        watch.newShard());
  }

  private SimulatedRows newRows() {
    return new SimulatedRows(world, life, world.scale().callDeadlineMicros());
  }

  /** Joins its cell, and looks for work that was left. Once. */
  void begin() {
    world.time().after(0, () -> life.enter(this::join));
  }

  private void join() {
    SimulatedRows rows = newRows();
    HBaseOwedMarkers markers = world.markers(rows, world.marker(rows, life), life);
    if (member.isPresent()) {
      member.get().begin(discovery -> scan(markers, discovery));
    } else {
      new OwedScanning(world, node, markers, shards.get(0)).begin(life);
    }
  }

  private void scan(HBaseOwedMarkers markers, Discovery discovery) {
    RingWay ring = ringWay.orElseThrow();
    OwedScan scan = new OwedScan(markers, ring.directory(), ring.mailboxes());
    Disposable always = scan.start(life, SCAN_PAUSE);
    Disposable gained = scan.follow(node.toString(), discovery.rings(), life);
  }

  /** Told once it has joined. */
  private void becomes(Ownership ownership) {
    door.becomes(ownership);
    shards.forEach(shard -> shard.ownership(ownership));
  }

  private void handed(Predicate<UserId> users) {
    shards.forEach(shard -> shard.forget(users));
  }

  /** Gives its mailboxes to others for a while. */
  void drain(long micros) {
    member.ifPresent(joined -> joined.drain(micros));
  }

  Life life() {
    return life;
  }

  NodeWatch watch() {
    return watch;
  }

  SimulatedFeed feed() {
    return feed;
  }

  Faces faces() {
    return faces;
  }

  /** Into its own mailboxes. */
  ShardDoor door() {
    return door;
  }

  /** To all mailboxes. */
  MailboxWay way() {
    return way;
  }

  /** It lives, and knows where mailboxes are. */
  boolean listens() {
    return !life.ended() && member.map(CellMember::started).orElse(true);
  }

  /** It lives, and has its place. */
  boolean settled() {
    return !life.ended() && member.map(CellMember::settled).orElse(true);
  }

  /** What it answers another node; refused until it knows where mailboxes are. */
  Single<AskResponse> answer(AskRequest question, int hops) {
    return listens()
        ? ringWay.orElseThrow().answer(question, hops)
        : Single.just(
            AskResponse.newBuilder()
                .setRefusal(RefusalValue.newBuilder().setKind(RefusalValue.Kind.RETRY))
                .build());
  }

  @Override
  public String toString() {
    return node + " " + member.map(CellMember::toString).orElse("") + " " + watch;
  }
}
