package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.server.eventloop.RxFutures;
import io.tributary.server.ops.Condition;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Opens one face: deploys its verticles, all on one port. */
final class FaceOpening {
  private static final List<String> NAMES = List.of("smtp", "http", "grpc", "cell");

  /** Longer than the sessions' own farewell. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Site site;
  private final Vertx vertx;

  FaceOpening(Site site, Vertx vertx) {
    this.site = site;
    this.vertx = vertx;
  }

  /** What a face is, and where it listens by its configuration. */
  record Plan(String name, String host, int port) {
    /** Port 0 as a number that all instances share: Vert.x gives them one free port. */
    int sharedPort() {
      return port == 0 ? -1 - NAMES.indexOf(name) : port;
    }
  }

  static int instances() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  /** Where it listens now. Signals {@link StartException}. */
  <V extends Deployable> Single<Faces.Face> open(
      Plan plan, Supplier<V> verticle, ToIntFunction<V> boundPort) {
    Queue<V> deployed = new ConcurrentLinkedQueue<>();
    Supplier<V> remembered =
        () -> {
          V made = verticle.get();
          deployed.add(made);
          return made;
        };
    return RxFutures.single(
            () ->
                vertx.deployVerticle(remembered, new DeploymentOptions().setInstances(instances())))
        .doOnSuccess(id -> opened(plan, id))
        .map(id -> new Faces.Face(plan.host(), boundPort.applyAsInt(deployed.element())))
        .onErrorResumeNext(StartFailures.binding(plan.name() + ".port", plan.host(), plan.port()));
  }

  private void opened(Plan plan, String id) {
    site.readiness().set(plan.name(), Condition.ready());
    site.closing().add(plan.name(), site.environment().farewell().plus(MARGIN), closing(plan, id));
  }

  private Completable closing(Plan plan, String id) {
    return RxFutures.completable(
        () -> {
          site.readiness().set(plan.name(), Condition.notReady("stopping"));
          return vertx.undeploy(id);
        });
  }
}
