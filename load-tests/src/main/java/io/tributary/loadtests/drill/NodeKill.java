package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.api.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * SIGKILL of a node. The one that {@code up} starts in its place is stopped until the others serve
 * all its users, and goes on then.
 */
final class NodeKill implements Harm {
  private static final Duration BACK_MAX = Duration.ofSeconds(120);

  private final Function<Stage, Target.Node> choice;

  /**
   * @param choice which node
   */
  NodeKill(Function<Stage, Target.Node> choice) {
    this.choice = choice;
  }

  /** The one with most users, of those that are not the first of their cell. */
  static Target.Node any(Stage stage) {
    List<Target.Node> nodes = stage.cast().nodes();
    return nodes.get(nodes.size() - 1);
  }

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    Target.Node victim = choice.apply(stage);
    Target.Node peer = stage.cast().peerOf(victim);
    List<Person> orphans = stage.cast().servedBy(victim.name());
    List<String> others =
        stage.cast().nodesOf(victim.cell()).stream()
            .map(Target.Node::name)
            .filter(name -> !name.equals(victim.name()))
            .toList();
    long killed = System.nanoTime();
    stage.processes().killAndHold(victim.name());
    double served = stage.servedAfterMillis(orphans, killed);
    boolean byOthers = stage.cast().locator().allServedBy(peer.name(), orphans, others);
    stage.processes().resume(victim.name());
    stage.processes().awaitReady(victim);
    Await.until(
        BACK_MAX,
        () -> stage.cast().locator().allServedBy(peer.name(), orphans, List.of(victim.name())));
    double back = (System.nanoTime() - killed) / 1e6;
    return () ->
        List.of(
            Claim.that(
                !orphans.isEmpty(), "%d users were served by %s", orphans.size(), victim.name()),
            Claim.that(
                served <= stage.limits().takeover().toMillis(),
                "all of them acknowledged by other nodes %.1f s after SIGKILL (at most %.1f s)",
                served / 1e3,
                stage.limits().takeover().toMillis() / 1e3),
            Claim.that(byOthers, "the ring gave them to %s meanwhile", others),
            Claim.said("the node serves them again after %.1f s", back / 1e3),
            stillConnected(stage, victim));
  }

  private static Claim stillConnected(Stage stage, Target.Node victim) {
    long lost =
        stage.load().lostSockets().stream()
            .filter(server -> !server.equals(victim.faces().http()))
            .count();
    return Claim.that(lost == 0, "sockets to other nodes that were lost: %d", lost);
  }
}
