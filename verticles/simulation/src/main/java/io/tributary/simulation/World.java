package io.tributary.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.store.GroupCommitter;
import io.tributary.store.GroupMarker;
import io.tributary.store.HBaseActionLog;
import io.tributary.store.HBaseOwedMarkers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What everything in one run shares. */
final class World {
  static final String NAMESPACE = "c1";
  static final String CELL = "c1";

  private final VirtualTime time = new VirtualTime();
  private final Chance chance;
  private final Trace trace;
  private final Weather weather;
  private final Scale scale;
  private final LogWatch watch = new LogWatch(this);
  private final SimulatedHBase hbase;
  private final LogRows logs;
  private final Network network = new Network(this);
  private final Cuts cuts = new Cuts(time);
  private final SimulatedZooKeeper zookeeper = new SimulatedZooKeeper(this);
  private final RingWatch ringWatch = new RingWatch(this);
  private final NoteBook notes = new NoteBook(this);
  private final ShortMessages texts = new ShortMessages(this);
  private final Boundaries boundaries;
  private final List<SimulatedUser> users;
  private final Ledger ledger;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Errand> errands = new HashMap<>();

  World(Setting setting, Consumer<String> listener) {
    chance = new Chance(setting.seed());
    trace = new Trace(time, listener);
    weather = setting.fair() ? Weather.fair(chance) : new Weather(chance);
    scale = setting.fair() ? Scale.small(chance) : Scale.drawn(chance);
    hbase = new SimulatedHBase(time, SimulatedRegions.first(chance), watch::changed);
    logs = new LogRows(hbase);
    boundaries = new Boundaries(this, setting.strikeAt());
    users = SimulatedUser.draw(scale.users(), chance);
    ledger = new Ledger(this);
    trace.note("weather " + weather);
    trace.note("scale " + scale);
    for (int number = 0; number < scale.nodes(); number++) {
      nodes.add(new SimulatedNode(this, number));
    }
    nodes.forEach(SimulatedNode::begin);
  }

  VirtualTime time() {
    return time;
  }

  Chance chance() {
    return chance;
  }

  Trace trace() {
    return trace;
  }

  Weather weather() {
    return weather;
  }

  Scale scale() {
    return scale;
  }

  SimulatedHBase hbase() {
    return hbase;
  }

  /** What HBase holds, as it changes. */
  LogWatch watch() {
    return watch;
  }

  Network network() {
    return network;
  }

  /** Who can't reach whom. */
  Cuts cuts() {
    return cuts;
  }

  SimulatedZooKeeper zookeeper() {
    return zookeeper;
  }

  /** What ZooKeeper holds, as it changes. */
  RingWatch ringWatch() {
    return ringWatch;
  }

  /** Nodes share the mailboxes by a ring; else each takes itself for the owner of all. */
  boolean hasRing() {
    return scale.ring();
  }

  Boundaries boundaries() {
    return boundaries;
  }

  /** What users send. */
  NoteBook notes() {
    return notes;
  }

  /** What comes by SMS. */
  ShortMessages texts() {
    return texts;
  }

  LogRows logs() {
    return logs;
  }

  List<SimulatedUser> users() {
    return users;
  }

  Ledger ledger() {
    return ledger;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  SimulatedUser user(UserId id) {
    return users.stream().filter(user -> user.id().equals(id)).findFirst().orElseThrow();
  }

  Optional<SimulatedUser> userWith(Address address) {
    return users.stream().filter(user -> user.owns(address)).findFirst();
  }

  /** Something that a user will ask for. */
  void plan(Errand errand) {
    errands.put(errand.name(), errand);
  }

  /** What was planned under that name. */
  Optional<Errand> errand(String name) {
    return Optional.ofNullable(errands.get(name));
  }

  String nameOf(UserId id) {
    return user(id).name();
  }

  /** For all of a process. */
  GroupCommitter committer(SimulatedRows rows, Life life) {
    return new GroupCommitter(rows, scale.groups(), life, new SimpleMeterRegistry());
  }

  /** For all of a process. */
  GroupMarker marker(SimulatedRows rows, Life life) {
    return new GroupMarker(rows, scale.groups(), life);
  }

  HBaseOwedMarkers markers(SimulatedRows rows, GroupMarker marker, Life life) {
    return new HBaseOwedMarkers(rows, NAMESPACE, marker, life, scale.appendDeadline());
  }

  HBaseActionLog log(SimulatedRows rows, GroupCommitter committer, Life life) {
    return new HBaseActionLog(rows, NAMESPACE, committer, life, scale.appendDeadline());
  }

  /** Where a request for that mailbox goes: anywhere, or, without a ring, to its owner, mostly. */
  SimulatedNode nodeFor(UserId user) {
    return hasRing() || weather.goesAstray() ? chance.oneOf(nodes) : nodes.get(ownerOf(user));
  }

  /** Number of the owner's node, without a ring. */
  int ownerOf(UserId user) {
    return user.slot().number() % nodes.size();
  }

  /** As a good clock shows it. */
  Instant realTime() {
    return Life.BIRTH.plusNanos(1_000 * time.nowMicros());
  }

  /** Something happened that must never happen. */
  void violation(String what) {
    trace.note("VIOLATION " + what);
    violations.add(what);
  }

  List<String> violations() {
    return violations;
  }
}
