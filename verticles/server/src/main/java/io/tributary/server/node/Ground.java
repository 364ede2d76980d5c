package io.tributary.server.node;

import io.reactivex.rxjava3.core.Single;
import io.tributary.config.OpsConfig;
import io.tributary.server.cluster.ClockCheck;
import io.tributary.server.cluster.ClusteredVertx;
import io.tributary.server.cluster.ReachableHost;
import io.tributary.server.cluster.ZooKeeperClient;
import io.tributary.server.cluster.ZooKeeperTime;
import io.tributary.server.eventloop.RxFutures;
import io.tributary.server.ops.Condition;
import io.tributary.server.ops.OpsFace;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.UUID;

/** The first steps: the operations face, ZooKeeper, the clustered Vert.x. */
final class Ground {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final Clocks clocks;

  Ground(Site site) {
    this.site = site;
    this.clocks = new Clocks(site);
  }

  /** What stands after these steps. */
  record Built(Faces.Face ops, ZooKeepers zookeepers, Vertx vertx, Clocks clocks) {}

  Single<Built> build() {
    return startOps()
        .observeOn(site.environment().background()) // resolving names may block
        .flatMap(
            ops ->
                connectZooKeeper()
                    .flatMap(
                        zookeeper ->
                            joinCluster(zookeeper)
                                .map(
                                    vertx ->
                                        new Built(
                                            ops, new ZooKeepers(site, zookeeper), vertx, clocks))));
  }

  private Single<Faces.Face> startOps() {
    OpsConfig ops = site.config().ops();
    return Single.fromCallable(() -> Encryption.options(site.config().tls()))
        .flatMap(encryption -> startOps(ops, encryption));
  }

  private Single<Faces.Face> startOps(OpsConfig ops, HttpServerOptions encryption) {
    OpsFace.Listen listen = new OpsFace.Listen(ops.host(), ops.port(), encryption);
    return OpsFace.start(listen, site.readiness(), site.metrics())
        .doOnSuccess(running -> site.closing().add("ops", CLOSE_MAX, running.stop()))
        .map(running -> new Faces.Face(ops.host(), running.port()))
        .onErrorResumeNext(StartFailures.binding("ops.port", ops.host(), ops.port()));
  }

  private Single<ZooKeeperClient> connectZooKeeper() {
    site.readiness()
        .set("zookeeper", Condition.notReady("waiting for ZooKeeper at " + zookeeperAt()));
    ZooKeeperClient zookeeper =
        ZooKeeperClient.open(
            site.config().zookeeper(), new ZooKeeperClient.Cell(site.config().node().cell()));
    site.closing().add("zookeeper", CLOSE_MAX, zookeeper.close());
    site.readiness()
        .watch(
            "zookeeper",
            () ->
                Condition.of(
                    zookeeper.connected(), "no connection to ZooKeeper at " + zookeeperAt()));
    return zookeeper
        .awaitConnected(site.environment().patience(), site.environment().background())
        .doOnComplete(
            () ->
                clocks.compareWith(
                    new ClockCheck.Other(
                        "ZooKeeper", ZooKeeperTime.of(zookeeper, site.config().node().id()))))
        .toSingleDefault(zookeeper)
        .onErrorResumeNext(StartFailures.zooKeeper(site.config().zookeeper()));
  }

  private String zookeeperAt() {
    return site.config().zookeeper().connect();
  }

  private Single<Vertx> joinCluster(ZooKeeperClient zookeeper) {
    site.readiness().set("cluster", Condition.notReady("joining the cell's event bus"));
    int loops = site.config().mailbox().shards() + 2 * FaceOpening.instances() + 1;
    var shape = new ClusteredVertx.Shape(ReachableHost.of(site.config().grpc().host()), loops);
    UUID id =
        new UUID(site.environment().random().nextLong(), site.environment().random().nextLong());
    return ClusteredVertx.join(zookeeper, id, shape)
        .doOnSuccess(this::joined)
        .onErrorResumeNext(StartFailures.cluster(site.config().zookeeper()));
  }

  private void joined(Vertx vertx) {
    site.closing().add("vertx", CLOSE_MAX, RxFutures.completable(vertx::close));
    site.readiness().set("cluster", Condition.ready());
  }
}
