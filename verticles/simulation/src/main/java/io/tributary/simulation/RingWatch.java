package io.tributary.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import io.tributary.records.v1.NodeRecord;
import io.tributary.records.v1.RingRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees each change of ZooKeeper in the moment it happens. A ring may say of a node only what was so
 * at some moment after the ring before it was written: it never brings back what was over by then.
 */
final class RingWatch {
  private static final String CELL = "/tributary/cell/" + World.CELL;
  private static final String RING = CELL + "/ring";
  private static final String NODES = CELL + "/nodes/";

  private final World world;

  /** By id, what each node has been since the last ring was written; the last is what it is now. */
  private final Map<String, Set<Standing>> since = new HashMap<>();

  private final Map<String, Standing> now = new HashMap<>();
  private long version;
  private List<Standing> written = List.of();

  /** A node as it is registered, as far as the ring depends on it. */
  private record Standing(int state, ByteString incarnation) {
    static final Standing ABSENT = new Standing(0, ByteString.EMPTY);

    static Standing of(NodeRecord record) {
      return new Standing(record.getState(), record.getIncarnation());
    }
  }

  RingWatch(World world) {
    this.world = world;
  }

  /** A znode was written, or is gone. */
  void changed(String path, Optional<Znode> znode) {
    if (path.startsWith(NODES)) {
      note(path.substring(NODES.length()), znode.map(RingWatch::node).orElse(Standing.ABSENT));
    } else if (path.equals(RING) && znode.isPresent()) {
      written(znode.get());
    }
  }

  private void note(String id, Standing standing) {
    now.put(id, standing);
    history(id).add(standing);
  }

  private Set<Standing> history(String id) {
    return since.computeIfAbsent(id, first -> new HashSet<>(Set.of(Standing.ABSENT)));
  }

  private static Standing node(Znode znode) {
    try {
      return Standing.of(NodeRecord.parseFrom(znode.data().unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private void written(Znode znode) {
    Map<String, Standing> ring = ring(znode);
    world.trace().note("ring " + znode.version() + " of " + ring.keySet());
    ring.keySet().forEach(this::history);
    since.forEach(
        (id, standings) -> {
          if (!standings.contains(ring.getOrDefault(id, Standing.ABSENT))) {
            world.violation(
                "ring %d says of %s what was over when ring %d was written"
                    .formatted(znode.version(), id, version));
          }
        });
    since.clear();
    now.forEach((id, standing) -> since.put(id, new HashSet<>(Set.of(standing))));
    version = znode.version();
    written = List.copyOf(ring.values());
  }

  private static Map<String, Standing> ring(Znode znode) {
    Map<String, Standing> ring = new HashMap<>();
    try {
      RingRecord.parseFrom(znode.data().unsafeArray())
          .getNodesList()
          .forEach(node -> ring.put(node.getId(), Standing.of(node)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    return ring;
  }

  /** Whether it is the newest. */
  boolean isCurrent(Ring ring) {
    return ring.version() == version;
  }

  /** Whether exactly the registered nodes are in the ring, and all that live are registered. */
  boolean settled() {
    if (!world.hasRing()) {
      return true;
    }
    Set<Standing> registered = new HashSet<>(now.values());
    registered.remove(Standing.ABSENT);
    return registered.equals(new HashSet<>(written)) && written.size() == world.nodes().size();
  }

  @Override
  public String toString() {
    return "ring " + version + " of " + written.size() + ", registered " + now.keySet();
  }
}
