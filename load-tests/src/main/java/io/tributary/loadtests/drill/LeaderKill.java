package io.tributary.loadtests.drill;

import io.tributary.loadtests.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** SIGKILL of the node that writes the ring. */
final class LeaderKill implements Harm {
  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    List<Target.Node> nodes = stage.cast().nodesOf(stage.cast().nodes().get(0).cell());
    Target.Node leader = NodeLog.leader(stage.installation(), nodes);
    long killed = System.currentTimeMillis();
    Supplier<List<Claim>> found = new NodeKill(chosen -> leader).happen(stage);
    String peer = stage.cast().peerOf(leader).name();
    List<NodeLog.Line> leads =
        NodeLog.of(stage.installation(), peer).lines("event=ring.leader ", "leads=true").stream()
            .filter(line -> line.atMillis() >= killed)
            .toList();
    return () -> {
      List<Claim> claims = new ArrayList<>(found.get());
      claims.add(
          leads.isEmpty()
              ? Claim.that(false, "nobody led the ring after %s", leader.name())
              : Claim.said(
                  "%s led the ring %.1f s after %s was killed",
                  peer, (leads.get(0).atMillis() - killed) / 1e3, leader.name()));
      return claims;
    };
  }
}
