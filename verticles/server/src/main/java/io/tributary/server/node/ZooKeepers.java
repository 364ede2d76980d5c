package io.tributary.server.node;

import io.tributary.config.ZooKeeperConfig;
import io.tributary.discovery.zookeeper.Ensembles;
import io.tributary.discovery.zookeeper.Znodes;
import io.tributary.server.cluster.ZooKeeperClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ZooKeepers this process talks to: its cell's, the one all cells share, other cells'. Each is
 * opened when it is first asked for; the same words always mean the same one. Safe for any thread.
 */
final class ZooKeepers {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final ZooKeeperClient own;
  private final Map<String, Znodes> seen = new ConcurrentHashMap<>();

  ZooKeepers(Site site, ZooKeeperClient own) {
    this.site = site;
    this.own = own;
  }

  Ensembles ensembles() {
    String shared = site.config().cells().zookeeper();
    Znodes ofCell = at(site.config().zookeeper().connect());
    return new Ensembles(ofCell, shared.isEmpty() ? ofCell : at(shared), this::at);
  }

  private Znodes at(String connect) {
    return seen.computeIfAbsent(connect, this::znodes);
  }

  private Znodes znodes(String connect) {
    ZooKeeperClient client =
        connect.equals(site.config().zookeeper().connect()) ? own : open(connect);
    return Znodes.of(
        client.curator(),
        site.environment().background(),
        site.config().zookeeper().sessionTimeoutMillis());
  }

  private ZooKeeperClient open(String connect) {
    int sessionMillis = site.config().zookeeper().sessionTimeoutMillis();
    ZooKeeperClient opened =
        ZooKeeperClient.open(
            new ZooKeeperConfig(connect, sessionMillis),
            new ZooKeeperClient.Cell(site.config().node().cell()));
    site.closing().add("zookeeper " + connect, CLOSE_MAX, opened.close());
    return opened;
  }
}
