package io.tributary.loadtests.drill;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** ZooKeeper is away, for longer than a session lasts, and comes back. Nobody must notice. */
final class ZooKeeperKill implements Harm {
  private static final Duration SETTLES = Duration.ofSeconds(10);

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    List<String> all = stage.cast().people().stream().map(Person::name).toList();
    int lostBefore = stage.load().lostSockets().size();
    Span away = Away.of(stage, "zookeeper", () -> {});
    Stage.watch(SETTLES);
    stage.cast().nodes().forEach(stage.processes()::awaitReady);
    Span whole = new Span(away.fromNanos(), System.nanoTime());
    int lost = stage.load().lostSockets().size() - lostBefore;
    return () ->
        List.of(
            Claim.said("ZooKeeper was away for %.0f s", away.seconds()),
            SideBySide.of("all users", all, stage.book(), stage.before(), whole).unharmed(),
            Claim.that(lost == 0, "sockets that were lost: %d", lost));
  }
}
