package io.tributary.simulation;

import io.tributary.channels.live.Follower;
import io.tributary.channels.live.FollowerSink;
import io.tributary.channels.live.LiveSource;
import io.tributary.channels.live.Window;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One device that stays with its user's mailbox: it comes back on any node behind what it has seen,
 * and is told everything, each thing once.
 */
final class SimulatedSession {
  private static final long AWAY_MICROS_MAX = 3 * VirtualTime.SECOND;

  private final World world;
  private final SimulatedUser user;
  private final List<LiveEvent> told = new ArrayList<>();
  private Position seen = Position.START;
  private Position head = Position.START;
  private int connection;

  SimulatedSession(World world, SimulatedUser user) {
    this.world = world;
    this.user = user;
  }

  SimulatedUser user() {
    return user;
  }

  List<LiveEvent> told() {
    return told;
  }

  /** Whether it was told that it has seen everything. */
  boolean isUpToDate() {
    return head.equals(world.owed().head(user));
  }

  void connect() {
    SimulatedNode node = world.chance().oneOf(world.nodes());
    if (node.life().ended()) {
      comeBack();
      return;
    }
    int now = ++connection;
    LiveSource source = new LiveSource(node.feed(), node.life(), world.chance().random());
    Follower follower =
        new Follower(source, user.id(), new Window(1_000, 1 << 20), new Sink(now), signal -> {});
    node.life().enter(() -> follower.start(Optional.of(seen)));
    watch(now, node.life(), follower);
  }

  /** Now and then the connection breaks; always when the node dies. */
  private void watch(int now, Life life, Follower follower) {
    world
        .time()
        .after(
            VirtualTime.SECOND,
            () -> {
              boolean breaks = life.ended() || world.weather().losesConnection();
              if (breaks) {
                connection++;
                life.enter(follower::stop);
                comeBack();
              } else if (now == connection) {
                watch(now, life, follower);
              }
            });
  }

  private void comeBack() {
    world.time().after(world.chance().between(1, AWAY_MICROS_MAX), this::connect);
  }

  /** Of one connection: what is told on an older one gets lost. */
  private final class Sink implements FollowerSink {
    private final int mine;

    Sink(int mine) {
      this.mine = mine;
    }

    @Override
    public void began(Position at) {
      world.trace().note("session of " + user.id() + " began at " + at);
    }

    @Override
    public void happened(LiveEvent event) {
      if (mine != connection) {
        return;
      }
      if (event.position().compareTo(seen) <= 0) {
        world.violation("a session is told " + event.position() + " behind " + seen);
      }
      seen = event.position();
      told.add(event);
    }

    @Override
    public void head(Position at) {
      if (mine == connection) {
        head = at;
        seen = at.compareTo(seen) > 0 ? at : seen;
      }
    }

    @Override
    public void missed(Position from, Position to) {
      world.violation("a session that is always ready missed " + from + " to " + to);
    }

    @Override
    public boolean ready() {
      return mine == connection;
    }
  }
}
