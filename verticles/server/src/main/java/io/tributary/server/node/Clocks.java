package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.server.cluster.ClockCheck;
import io.tributary.server.ops.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** This node's clock beside those of the engines it works with. Safe for any thread. */
final class Clocks {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final List<ClockCheck> checks = new CopyOnWriteArrayList<>();

  Clocks(Site site) {
    this.site = site;
  }

  /** From now on, until the node stops. */
  void compareWith(ClockCheck.Other other) {
    NodeEnvironment environment = site.environment();
    ClockCheck.Running running =
        ClockCheck.start(other, environment.clock(), environment.background());
    site.closing().add("clock", CLOSE_MAX, Completable.fromAction(running.measuring()::dispose));
    checks.add(running.check());
    site.readiness().watch("clock", this::condition);
  }

  private Condition condition() {
    String troubles =
        checks.stream()
            .map(ClockCheck::trouble)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return Condition.of(troubles.isEmpty(), troubles);
  }
}
