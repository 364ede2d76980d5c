package io.tributary.simulation;

import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.discovery.membership.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A client's connection to ZooKeeper, made again whenever it breaks, and its session. Each
 * direction keeps its order. A client that hears nothing for two thirds of its session's time gives
 * the connection up; one that has none for all of it takes the session for lost.
 */
final class ZooKeeperLink {
  private static final long LATENCY_MICROS = 1_000;
  private static final long HANDLING_MICROS = 500;
  private static final long AGAIN_MICROS = 400 * VirtualTime.MILLISECOND;

  private final World world;
  private final int node;
  private final Life life;
  private final SimulatedZnodes client;
  private final List<SingleEmitter<?>> pending = new ArrayList<>();
  private SessionState state = SessionState.SUSPENDED;
  private long session;
  private int connection; // what belongs to an earlier one is lost
  private boolean broken; // this one carries nothing any more
  private long heardMicros;
  private long suspendedMicros;
  private long lastToServer;
  private long lastToClient;

  ZooKeeperLink(World world, int node, Life life, SimulatedZnodes client) {
    this.world = world;
    this.node = node;
    this.life = life;
    this.client = client;
  }

  /** 0: none. */
  long session() {
    return session;
  }

  /** Tries until it is connected. */
  void connect() {
    int attempt = ++connection;
    broken = false;
    long known = session;
    toServer(
        () -> {
          long attached = world.zookeeper().attach(client, known);
          toClient(() -> attached(attached));
        });
    later(
        AGAIN_MICROS,
        () -> {
          if (attempt == connection && state != SessionState.CONNECTED) {
            connect();
          }
        });
  }

  private void attached(long number) {
    if (session != 0 && number != session) {
      become(SessionState.LOST);
    }
    session = number;
    become(SessionState.CONNECTED);
    ping();
  }

  private void become(SessionState next) {
    if (next != state) {
      state = next;
      client.tell(next);
    }
  }

  private void ping() {
    int pinged = connection;
    long pinging = session;
    toServer(() -> hear(world.zookeeper().touch(pinging)));
    later(
        world.scale().sessionMicros() / 3,
        () -> {
          if (pinged == connection) {
            boolean silent =
                world.time().nowMicros() - heardMicros > world.scale().sessionMicros() * 2 / 3;
            if (silent) {
              disconnect();
            } else {
              ping();
            }
          }
        });
  }

  /** At the server. */
  private void hear(boolean alive) {
    toClient(alive ? () -> {} : this::disconnect);
  }

  private void disconnect() {
    connection++;
    broken = true;
    List<SingleEmitter<?>> failing = List.copyOf(pending);
    pending.clear();
    suspendedMicros = world.time().nowMicros();
    become(SessionState.SUSPENDED);
    failing.forEach(caller -> caller.tryOnError(new IllegalStateException("connection lost")));
    later(world.scale().sessionMicros(), this::loseSession);
    connect();
  }

  private void loseSession() {
    long suspendedFor = world.time().nowMicros() - suspendedMicros;
    if (state == SessionState.SUSPENDED && suspendedFor >= world.scale().sessionMicros()) {
      session = 0;
      become(SessionState.LOST);
    }
  }

  <T> void call(String what, Function<Long, T> operation, SingleEmitter<T> caller) {
    if (state != SessionState.CONNECTED) {
      later(AGAIN_MICROS, () -> caller.tryOnError(new IllegalStateException("no connection")));
      return;
    }
    long calling = session;
    pending.add(caller);
    toServer(
        () -> {
          if (world.zookeeper().touch(calling)) {
            T answer = operation.apply(calling);
            world.trace().note("zk " + what + (answer instanceof Boolean ? " " + answer : ""));
            world.boundaries().cross(life, what + ", carried out");
            toClient(() -> answer(caller, answer));
          } else {
            hear(false);
          }
        });
  }

  /** Answers are heard in any order: each is handled by whatever thread is free. */
  private <T> void answer(SingleEmitter<T> caller, T answer) {
    pending.remove(caller);
    later(world.chance().latencyMicros(HANDLING_MICROS), () -> caller.onSuccess(answer));
  }

  private void toServer(Runnable arrival) {
    if (carries()) {
      lastToServer = Math.max(lastToServer, world.time().nowMicros() + latency());
      world
          .time()
          .after(
              lastToServer - world.time().nowMicros(),
              () -> {
                if (reaches()) {
                  arrival.run();
                }
              });
    }
  }

  /** At the server, over the connection that stands now. */
  void toClient(Runnable arrival) {
    int over = connection;
    if (carries()) {
      lastToClient = Math.max(lastToClient, world.time().nowMicros() + latency());
      world
          .time()
          .after(
              lastToClient - world.time().nowMicros(),
              () -> {
                if (reaches()) {
                  life.enter(() -> arrive(over, arrival));
                }
              });
    }
  }

  private void arrive(int over, Runnable arrival) {
    if (over == connection) {
      heardMicros = world.time().nowMicros();
      arrival.run();
    }
  }

  /** Whether the connection takes something; from its break on it takes nothing. */
  private boolean carries() {
    broken = broken || !reaches() || world.weather().losesConnection();
    return !broken;
  }

  private boolean reaches() {
    return !world.zookeeper().down() && !world.cuts().between(node, Cuts.ZOOKEEPER);
  }

  private long latency() {
    return world.weather().stalls()
        ? world.chance().between(0, world.scale().sessionMicros() / 2)
        : world.chance().latencyMicros(LATENCY_MICROS);
  }

  private void later(long micros, Runnable action) {
    world.time().after(micros, () -> life.enter(action));
  }
}
