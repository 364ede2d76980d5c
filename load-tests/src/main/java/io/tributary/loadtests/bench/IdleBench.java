package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Chat sockets on which nothing happens: what each costs the node in memory, all in time. */
final class IdleBench {
  private static final double TARGET_BYTES = 20 * 1024;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration QUIET_MAX = Duration.ofSeconds(60);
  private static final double QUIET_CORES = 0.3;
  private static final Duration WATCH = Duration.ofSeconds(20);
  private static final int CLASSES_NAMED = 25;

  private final Site site;
  private final Marker marker;

  IdleBench(Site site, Marker marker) {
    this.site = site;
    this.marker = marker;
  }

  /**
   * @param users whose sockets they are, in turn
   */
  Figure measure(List<LoadUser> users, int sockets) throws InterruptedException {
    long pid = site.nodePid();
    CpuTimes cpu = site.cpu();
    try (ClientLoop loop = ClientLoop.open()) {
      warmUp(loop, users, cpu);
      NodeMemory before = NodeMemory.of(pid);
      long began = System.nanoTime();
      Crowd crowd = gathered(loop, users, sockets);
      double opening = (System.nanoTime() - began) / 1e9;
      awaitQuiet(cpu);
      CpuTimes.Reading start = cpu.read();
      LockSupport.parkNanos(WATCH.toNanos());
      Spent spent = cpu.read().since(start);
      return figure(users, crowd, before, NodeMemory.of(pid), new Times(opening, spent));
    }
  }

  /** Mailboxes are in memory and code is compiled afterwards, neither of which is a socket's. */
  private void warmUp(ClientLoop loop, List<LoadUser> users, CpuTimes cpu)
      throws InterruptedException {
    gathered(loop, users, users.size()).disperse();
    awaitQuiet(cpu);
  }

  private Crowd gathered(ClientLoop loop, List<LoadUser> users, int sockets)
      throws InterruptedException {
    Crowd crowd = new Crowd();
    for (int socket = 0; socket < sockets; socket++) {
      ChatSocket.Device device = device(users, socket);
      crowd.add(ear -> ChatSocket.open(loop, site.target().faces().http(), device, ear));
    }
    crowd.awaitAll();
    return crowd;
  }

  private ChatSocket.Device device(List<LoadUser> users, int socket) {
    String name = "idle-" + marker.run() + "-" + socket;
    return new ChatSocket.Device(users.get(socket % users.size()).token(), name, Optional.empty());
  }

  /** Nothing is begun any more. */
  private void awaitQuiet(CpuTimes cpu) {
    long end = System.nanoTime() + QUIET_MAX.toNanos();
    double cores;
    do {
      CpuTimes.Reading start = cpu.read();
      LockSupport.parkNanos(LOOK.toNanos());
      cores = cpu.read().since(start).cores(site.node());
    } while (cores > QUIET_CORES && System.nanoTime() < end);
  }

  /**
   * @param openingSeconds until the last was welcomed
   * @param idle after that
   */
  private record Times(double openingSeconds, Spent idle) {}

  private Figure figure(
      List<LoadUser> users, Crowd crowd, NodeMemory before, NodeMemory after, Times times) {
    int sockets = crowd.welcomed();
    double each = Math.max(1, sockets);
    double heap = (after.heapBytes() - before.heapBytes()) / each;
    double resident = (after.residentBytes() - before.residentBytes()) / each;
    double cores = times.idle().cores(site.node());
    ObjectNode facts = JsonNodeFactory.instance.objectNode().put("sockets", sockets);
    Figure.put(facts, "heapBytesPerSocket", heap);
    Figure.put(facts, "rssBytesPerSocket", resident);
    Figure.put(facts, "idleCores", cores);
    Figure.put(facts, "openedPerSecond", sockets / times.openingSeconds());
    ObjectNode classes = facts.putObject("heapBytesPerSocketByClass");
    after
        .growthSince(before, CLASSES_NAMED)
        .forEach(growth -> Figure.put(classes, growth.getKey(), growth.getValue() / each));
    return Figure.of(
        new Figure.Case(
            "idle",
            sockets + " sockets of " + users.size() + " users",
            "",
            Map.of("rssBytesPerSocket", TARGET_BYTES)),
        facts,
        "%,.0f bytes each, %,.0f of them heap; %.2f cores".formatted(resident, heap, cores),
        times.idle(),
        crowd.problems());
  }
}
