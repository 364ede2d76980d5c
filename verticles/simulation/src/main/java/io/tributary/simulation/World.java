package io.tributary.simulation;

import io.tributary.codecs.message.Recipient;
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
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  World(long seed, Consumer<String> listener) {
    chance = new Chance(seed);
    trace = new Trace(time, listener);
    weather = new Weather(chance);
    scale = new Scale(chance);
    users = SimulatedUser.draw(scale.users(), chance);
    ledger = new Ledger(this);
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

  List<SimulatedNode> nodes() {
    return nodes;
  }

  /** Where a request for that mailbox goes: to its owner, or to who is taken for it. */
  SimulatedNode nodeFor(Recipient recipient) {
    int owner = recipient.user().slot().number() % nodes.size();
    return weather.goesAstray() ? chance.oneOf(nodes) : nodes.get(owner);
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
