package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every node is told to end, by {@code node drain} and by SIGTERM in turn, and comes back before
 * the next.
 */
final class RollingRestart implements Harm {
  private static final Duration BACK_MAX = Duration.ofSeconds(120);

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    List<Claim> claims = new ArrayList<>();
    boolean byCommand = true;
    for (Target.Node node : stage.cast().nodes()) {
      long began = System.nanoTime();
      restart(stage, node, byCommand);
      claims.add(
          Claim.said(
              "%s served its users again %.1f s after %s",
              node.name(),
              (System.nanoTime() - began) / 1e9,
              byCommand ? "node drain" : "SIGTERM"));
      byCommand = !byCommand;
    }
    return () -> claims;
  }

  private static void restart(Stage stage, Target.Node node, boolean byCommand) throws Exception {
    String peer = stage.cast().peerOf(node).name();
    long pid = stage.processes().pid(node.name());
    if (byCommand) {
      stage.installation().run("node", "drain", "--grpc", address(node));
    } else {
      stage.processes().terminate(node.name());
    }
    Await.until(BACK_MAX, () -> stage.processes().isAnother(node.name(), pid));
    stage.processes().awaitReady(node);
    Await.until(
        BACK_MAX,
        () ->
            stage
                .cast()
                .locator()
                .allServedBy(peer, stage.cast().servedBy(node.name()), List.of(node.name())));
  }

  private static String address(Target.Node node) {
    return node.faces().grpc().getHostString() + ":" + node.faces().grpc().getPort();
  }
}
