package io.tributary.simulation;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.message.Recipient;
import io.tributary.store.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What everything in one run shares. */
final class World {
  static final String NAMESPACE = "c1";

  private final VirtualTime time = new VirtualTime();
  private final Chance chance;
  private final Trace trace;
  private final Weather weather;
  private final Scale scale;
  private final SimulatedHBase hbase = new SimulatedHBase(time);
  private final LogRows logs = new LogRows(hbase);
  private final List<SimulatedUser> users;
  private final Ledger ledger;
  private final OwedWatch owed = new OwedWatch(this);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  World(long seed, Consumer<String> listener) {
    chance = new Chance(seed);
    trace = new Trace(time, listener);
    weather = new Weather(chance);
    scale = new Scale(chance);
    users = SimulatedUser.draw(scale.users(), chance);
    ledger = new Ledger(this);
    hbase.watch(this::changed);
    trace.note("weather " + weather);
    trace.note("scale " + scale);
    for (int number = 0; number < scale.nodes(); number++) {
      nodes.add(new SimulatedNode(this, "node" + number));
    }
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

  LogRows logs() {
    return logs;
  }

  List<SimulatedUser> users() {
    return users;
  }

  Ledger ledger() {
    return ledger;
  }

  OwedWatch owed() {
    return owed;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  /** Where a request for that mailbox goes: to its owner, or to who is taken for it. */
  SimulatedNode nodeFor(Recipient recipient) {
    return nodeFor(recipient.user());
  }

  SimulatedNode nodeFor(UserId user) {
    return weather.goesAstray() ? chance.oneOf(nodes) : ownerOf(user);
  }

  SimulatedNode ownerOf(UserId user) {
    return nodes.get(user.slot().number() % nodes.size());
  }

  /** Between a row's change and the writer's hearing of it. */
  private void changed(RowKey row) {
    owed.changed(row);
    boolean ofMailbox = !nodes.isEmpty() && row.key().length() >= OwedWatch.MAILBOX_KEY_BYTES;
    if (ofMailbox && weather.nodeCrashesHere()) {
      SimulatedNode owner = ownerOf(OwedWatch.userOf(row));
      if (!owner.life().ended()) {
        owner.crash(chance.between(VirtualTime.MILLISECOND, 5 * VirtualTime.SECOND));
      }
    }
  }

  /** A node says that it has committed this; the cell hears of it. */
  void committed(LiveBatch batch) {
    boolean stands =
        owed.headOf(batch.user()).compareTo(batch.head()) >= 0
            && logs.lastBefore(batch).equals(batch.after());
    if (!stands) {
      violation("told live, but not in the log: " + batch.head());
    }
    nodes.forEach(node -> node.feed().hear(batch));
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
