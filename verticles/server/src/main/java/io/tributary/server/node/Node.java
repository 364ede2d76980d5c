package io.tributary.server.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.config.TributaryConfig;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.server.cluster.ReachableHost;
import io.tributary.server.metrics.ProcessMetrics;
import io.tributary.server.ops.Condition;
import io.tributary.server.ops.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: started once, stopped once. It starts what is below before what stands on it, and stops
 * in the reverse order: its mailboxes go to others, no more is accepted, sessions are told 421,
 * what is under way ends, the node leaves the ring, connections close.
 */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  /** What there is to be ready, in the order of the start. */
  private static List<String> components(TributaryConfig config) {
    Roles roles = new Roles(config.node());
    return Stream.of(
            Optional.of("zookeeper"),
            Optional.of("clock"),
            Optional.of("cluster"),
            Optional.of("hbase").filter(hbase -> roles.mailboxes()),
            Optional.of("directory-hbase").filter(hbase -> config.directory().isApart()),
            Optional.of("directory"),
            Optional.of("mailboxes").filter(mailboxes -> roles.mailboxes()),
            Optional.of("cell"),
            Optional.of("smtp").filter(smtp -> roles.smtp()),
            Optional.of("http").filter(http -> roles.http()),
            Optional.of("grpc").filter(grpc -> roles.api()),
            Optional.of("ring"))
        .flatMap(Optional::stream)
        .toList();
  }

  private final Site site;
  private final CompletableSubject drained = CompletableSubject.create();

  public Node(TributaryConfig config, NodeEnvironment environment) {
    this.site =
        new Site(
            config,
            environment,
            new Stamps(Incarnation.draw(environment.random())),
            new Readiness(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            new Closing(environment.background()));
    components(config)
        .forEach(
            component -> site.readiness().set(component, Condition.notReady("not started yet")));
    ProcessMetrics process = new ProcessMetrics(site.metrics());
    site.closing().add("metrics", CLOSE_MAX, Completable.fromAction(process::close));
  }

  /**
   * Starts it, up to its place in the ring. If that fails, what was opened is closed again.
   *
   * <p>Signals {@link StartException}.
   */
  public Single<Faces> start() {
    return new Ground(site)
        .build()
        .flatMap(ground -> new Core(site, ground).build().flatMap(core -> open(ground, core)))
        .doOnSuccess(this::announce)
        .onErrorResumeNext(failure -> stop().andThen(Single.error(failure)));
  }

  private Single<Faces> open(Ground.Built ground, Core.Built core) {
    Application application = new Application(site, ground.vertx(), core);
    return application
        .openMailboxes()
        .andThen(application.openCell())
        .map(cell -> new Endpoint(ReachableHost.of(cell.host()), cell.port()))
        .doOnSuccess(core.links().abroad().self()::set)
        .flatMap(cell -> openFaces(ground, application).flatMap(faces -> join(core, cell, faces)))
        .doOnSuccess(
            faces -> {
              application.startOutboxes();
              application.settle();
              core.discovery()
                  .drained()
                  .onErrorResumeNext(failure -> Completable.never())
                  .subscribe(drained);
            });
  }

  private static Single<Faces> openFaces(Ground.Built ground, Application application) {
    return Single.zip(
        application.openSmtp(),
        application.openHttp(),
        application.openGrpc(),
        (smtp, http, grpc) -> new Faces(smtp, http, grpc, ground.ops()));
  }

  /** Last of all: from now on mailboxes are this node's. */
  private Single<Faces> join(Core.Built core, Endpoint cell, Faces faces) {
    return core.discovery()
        .join(cell)
        .toSingleDefault(faces)
        .onErrorResumeNext(StartFailures.ring(site.config().node().id()));
  }

  private void announce(Faces faces) {
    site.config().node().facesFile().ifPresent(file -> announce(file, faces));
    LOG.info(
        "event=node.started node={} cell={} incarnation={} smtp={} http={} grpc={} ops={}",
        site.config().node().id(),
        site.config().node().cell(),
        site.stamps().incarnation(),
        faces.smtp(),
        faces.http(),
        faces.grpc(),
        faces.ops());
  }

  private void announce(Path file, Faces faces) {
    FacesFile.write(file, faces);
    site.closing()
        .add("facesFile", CLOSE_MAX, Completable.fromAction(() -> FacesFile.delete(file)));
  }

  /** Completes when an operator wants this node to leave: then it is to be stopped. */
  public Completable drained() {
    return drained;
  }

  /** Stops it, whatever has been started by now. Never fails; bounded in time. */
  public Completable stop() {
    return site.closing().run();
  }
}
