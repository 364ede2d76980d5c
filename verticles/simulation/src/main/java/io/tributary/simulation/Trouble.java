package io.tributary.simulation;

/** Outages, crashes and pauses, once a second as the weather has it. */
final class Trouble {
  private final World world;
  private final long untilMicros;

  Trouble(World world, long untilMicros) {
    this.world = world;
    this.untilMicros = untilMicros;
  }

  void begin() {
    world.time().after(VirtualTime.SECOND, this::second);
  }

  private void second() {
    if (world.time().nowMicros() > untilMicros) {
      world.trace().note("trouble is over");
      world.weather().clearUp();
      world.cuts().heal();
      return;
    }
    if (world.weather().outageBegins()) {
      world.trace().note("hbase goes down");
      world.hbase().goDown(duration(10 * VirtualTime.SECOND));
    }
    if (world.weather().regionsChange()) {
      world.trace().note("regions are cut anew");
      world.hbase().cut(world.hbase().regions().next(world.chance()));
    }
    if (world.hasRing()) {
      strikeCell();
    }
    world.nodes().forEach(this::strike);
    begin();
  }

  /** Someone is cut off, ZooKeeper goes away, the leader is not the leader any more. */
  private void strikeCell() {
    if (world.weather().cutBegins()) {
      int one = world.chance().between(0, world.nodes().size() - 1);
      int other = world.chance().between(Cuts.ZOOKEEPER, world.nodes().size() - 1);
      world.trace().note("node" + one + " is cut off from " + other);
      world.cuts().cut(one, other, duration(15 * VirtualTime.SECOND));
    }
    if (world.weather().zooKeeperGoesDown()) {
      world.trace().note("zookeeper goes down");
      world.zookeeper().goDown(duration(15 * VirtualTime.SECOND));
    }
    if (world.weather().dethrones()) {
      world.trace().note("the leader is dethroned");
      world.zookeeper().dethrone();
    }
  }

  private void strike(SimulatedNode node) {
    if (!node.life().ended() && world.weather().nodeCrashes()) {
      node.crash(duration(5 * VirtualTime.SECOND));
    } else if (world.weather().nodePauses()) {
      world.trace().note("a node pauses");
      node.life().pause(duration(15 * VirtualTime.SECOND));
    } else if (world.weather().nodeDrains()) {
      node.present().drain(duration(5 * VirtualTime.SECOND));
    }
  }

  private long duration(long most) {
    return world.chance().between(VirtualTime.MILLISECOND, most);
  }
}
