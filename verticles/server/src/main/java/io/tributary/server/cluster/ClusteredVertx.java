package io.tributary.server.cluster;

import io.reactivex.rxjava3.core.Single;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.eventloop.RxFutures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's Vert.x, clustered by the cell's ZooKeeper for what may be lost. */
public final class ClusteredVertx {
  private static final Logger LOG = LoggerFactory.getLogger(ClusteredVertx.class);
  private static final String FOLDER = "vertx";
  private static final long JOIN_SECONDS_MAX = 60;
  private static final int CONNECT_MILLIS = 1_000;

  /** A node that is silent for so long is not sent to any more until it answers. */
  private static final long PING_MILLIS = 3_000;

  private ClusteredVertx() {}

  /**
   * Where other nodes of the cell reach this one's event bus, and how many event loops there are.
   */
  public record Shape(String host, int eventLoops) {}

  /** Joins the cluster. Signals what Vert.x signals, or that it took too long. */
  public static Single<Vertx> join(ZooKeeperClient zookeeper, UUID id, Shape shape) {
    ZookeeperClusterManager manager =
        new ZookeeperClusterManager(KeptOpen.of(zookeeper.folder(FOLDER)), id.toString());
    return RxFutures.single(
            () ->
                Vertx.builder()
                    .with(options(shape))
                    .withClusterManager(manager)
                    .buildClustered()
                    .timeout(JOIN_SECONDS_MAX, TimeUnit.SECONDS))
        .doOnSuccess(vertx -> joined(vertx, zookeeper, manager));
  }

  private static VertxOptions options(Shape shape) {
    return new VertxOptions()
        .setEventLoopPoolSize(shape.eventLoops())
        .setPreferNativeTransport(true)
        .setEventBusOptions(
            new EventBusOptions()
                .setHost(shape.host())
                .setPort(0)
                .setConnectTimeout(CONNECT_MILLIS)
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS));
  }

  private static void joined(
      Vertx vertx, ZooKeeperClient zookeeper, ZookeeperClusterManager manager) {
    ByReferenceCodec.register(vertx.eventBus());
    zookeeper.onReconnect(() -> register(manager));
  }

  /**
   * After an expired session vertx-zookeeper 5.0.7 never says again where this node is: it asks
   * whether it had joined after it has set that to false. So we say it.
   */
  private static void register(ZookeeperClusterManager manager) {
    NodeInfo self = manager.getNodeInfo();
    if (!manager.isActive() || self == null) {
      return;
    }
    Promise<Void> registered = Promise.promise();
    manager.setNodeInfo(self, registered);
    Future<Void> result = registered.future();
    result.onSuccess(done -> LOG.info("event=cluster.registered_again"));
  }
}
