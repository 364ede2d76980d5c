package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The server's side of ZooKeeper: znodes with versions, sessions that expire, and who is told of
 * what. Each operation is atomic and durable. Sessions do not age while it is away.
 */
final class SimulatedZooKeeper {
  private final World world;
  private final TreeMap<String, Znode> znodes = new TreeMap<>();
  private final Map<Long, Session> sessions = new LinkedHashMap<>();
  private final Map<Long, Long> candidates = new LinkedHashMap<>(); // ticket to session, in order
  private long zxid;
  private long lastSession;
  private long lastTicket;
  private boolean down;

  /** A client's session. */
  private static final class Session {
    private final SimulatedZnodes client;
    private long heardMicros;

    Session(SimulatedZnodes client) {
      this.client = client;
    }
  }

  SimulatedZooKeeper(World world) {
    this.world = world;
  }

  boolean down() {
    return down;
  }

  /** Whatever is under way is lost. */
  void goDown(long micros) {
    if (!down) {
      down = true;
      world.time().after(micros, this::comeBack);
    }
  }

  private void comeBack() {
    down = false;
    List.copyOf(sessions.keySet()).forEach(this::touch);
  }

  /** Goes on with a session that is alive, or begins one. */
  long attach(SimulatedZnodes client, long session) {
    if (!touch(session)) {
      lastSession++;
      sessions.put(lastSession, new Session(client));
      touch(lastSession);
      return lastSession;
    }
    return session;
  }

  /** Hears of a session. False if it has expired. */
  boolean touch(long number) {
    Session session = sessions.get(number);
    if (session == null) {
      return false;
    }
    session.heardMicros = world.time().nowMicros();
    world.time().after(world.scale().sessionMicros(), () -> expireUnlessHeard(number));
    return true;
  }

  private void expireUnlessHeard(long number) {
    Session session = sessions.get(number);
    long silentFor = session == null ? 0 : world.time().nowMicros() - session.heardMicros;
    if (!down && silentFor >= world.scale().sessionMicros()) {
      world.trace().note("session " + number + " expires");
      sessions.remove(number);
      candidates.values().removeIf(owner -> owner == number);
      List<String> gone = new ArrayList<>();
      znodes.forEach(
          (path, znode) -> {
            if (znode.owner() == number) {
              gone.add(path);
            }
          });
      gone.forEach(this::remove);
      tellCandidates();
    }
  }

  boolean create(String path, Bytes data, Lasting lasting, long session) {
    if (znodes.containsKey(path)) {
      return false;
    }
    put(path, new Znode(data, ++zxid, 0, lasting == Lasting.EPHEMERAL ? session : 0));
    return true;
  }

  Optional<Znode> read(String path) {
    return Optional.ofNullable(znodes.get(path));
  }

  /** Paths. */
  List<String> children(String path) {
    return znodes.keySet().stream()
        .filter(each -> each.startsWith(path + "/"))
        .filter(each -> each.indexOf('/', path.length() + 1) < 0)
        .toList();
  }

  /**
   * @param version -1: any
   */
  boolean replace(String path, Bytes data, int version) {
    Znode before = znodes.get(path);
    if (before == null || (version >= 0 && before.version() != version)) {
      return false;
    }
    put(path, new Znode(data, ++zxid, before.version() + 1, before.owner()));
    return true;
  }

  boolean delete(String path, int version) {
    Znode before = znodes.get(path);
    if (before == null || (version >= 0 && before.version() != version)) {
      return false;
    }
    remove(path);
    return true;
  }

  private void put(String path, Znode znode) {
    znodes.put(path, znode);
    tell(path);
  }

  private void remove(String path) {
    zxid++;
    znodes.remove(path);
    tell(path);
  }

  private void tell(String path) {
    world.ringWatch().changed(path, read(path));
    sessions.values().forEach(session -> session.client.changed(path));
  }

  /** Stands for election behind all who do so already, once. A ticket, needed to step back. */
  long stand(long session) {
    candidates.values().removeIf(owner -> owner == session);
    candidates.put(++lastTicket, session);
    tellCandidates();
    return lastTicket;
  }

  void stepBack(long ticket) {
    candidates.remove(ticket);
    tellCandidates();
  }

  /** Whoever was first has no ticket any more, and does not know why. */
  void dethrone() {
    candidates.keySet().stream().findFirst().ifPresent(this::stepBack);
  }

  boolean isFirst(long ticket) {
    return candidates.keySet().stream().findFirst().equals(Optional.of(ticket));
  }

  boolean stands(long ticket) {
    return candidates.containsKey(ticket);
  }

  private void tellCandidates() {
    sessions.values().forEach(session -> session.client.electionChanged());
  }
}
