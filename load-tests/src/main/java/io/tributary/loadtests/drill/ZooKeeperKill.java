package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * ZooKeeper dies. Back at once, nobody must notice. Away for longer than a session lasts, nodes
 * know that theirs are over: clients of chat are told to come again, and all go on.
 */
final class ZooKeeperKill implements Harm {
  private static final Duration BACK_MAX = Duration.ofSeconds(60);
  private static final Duration SETTLES = Duration.ofSeconds(10);

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    List<String> all = stage.cast().people().stream().map(Person::name).toList();
    long killed = System.nanoTime();
    stage.processes().kill("zookeeper");
    awaitBack(stage);
    double back = (System.nanoTime() - killed) / 1e9;
    Stage.watch(SETTLES);
    Span shortly = new Span(killed, System.nanoTime());
    int lostShortly = stage.load().lostSockets().size();
    Span away = Away.of(stage, "zookeeper", () -> {});
    Stage.watch(SETTLES);
    stage.cast().nodes().forEach(stage.processes()::awaitReady);
    Span whole = new Span(away.fromNanos(), System.nanoTime());
    int lostLater = stage.load().lostSockets().size() - lostShortly;
    return () ->
        List.of(
            unnoticed(
                back < stage.limits().session().toMillis() / 2e3,
                SideBySide.of(
                    "killed and back after %.1f s".formatted(back),
                    all,
                    stage.book(),
                    stage.before(),
                    shortly)),
            Claim.said("sockets that were lost: %d", lostShortly),
            SideBySide.of(
                    "away for %.0f s".formatted(away.seconds()),
                    all,
                    stage.book(),
                    stage.before(),
                    whole)
                .told(),
            Claim.that(
                Outages.of(all, stage.book().of(all, whole), whole).maxMillis()
                    < stage.limits().takeover().toMillis(),
                "nobody waited for an acknowledgement for longer than a session lasts"),
            Claim.said("sockets that were told to come again: %d", lostLater));
  }

  /** A machine so busy that ZooKeeper needs half a session to start shows nothing here. */
  private static Claim unnoticed(boolean inTime, SideBySide fared) {
    return inTime ? fared.unharmed() : fared.told();
  }

  private static void awaitBack(Stage stage) {
    Path ready = stage.installation().file("run/zookeeper.ready");
    Await.until(BACK_MAX, () -> !Files.exists(ready));
    Await.until(BACK_MAX, () -> Files.exists(ready));
  }
}
