package io.tributary.loadtests.drill;

import io.tributary.loadtests.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * SIGSTOP of a node for half a minute, then SIGCONT: what it still believed and still had to write
 * must do no harm.
 */
final class NodePause implements Harm {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration WATCHED = Duration.ofSeconds(8);
  static final String OUTRUN = "tributary_append_outrun_total";

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    Target.Node victim = NodeKill.any(stage);
    Target.Node peer = stage.cast().peerOf(victim);
    List<Person> orphans = stage.cast().servedBy(victim.name());
    double outrunBefore = stage.processes().metric(victim, OUTRUN);
    long paused = System.nanoTime();
    stage.processes().pause(victim.name());
    double served = stage.servedAfterMillis(orphans, paused);
    Stage.watch(PAUSE.minusNanos(System.nanoTime() - paused));
    long resumed = System.currentTimeMillis();
    stage.processes().resume(victim.name());
    StaleReads reads = watch(stage, victim, peer, orphans);
    stage.processes().awaitReady(victim);
    double outrun = stage.processes().metric(victim, OUTRUN) - outrunBefore;
    long knew = knewMillis(stage, victim, resumed);
    return () -> {
      List<Claim> claims = new ArrayList<>();
      claims.add(
          Claim.that(
              served <= stage.limits().takeover().toMillis(),
              "its %d users were acknowledged by others %.1f s after SIGSTOP (at most %.1f s)",
              orphans.size(),
              served / 1e3,
              stage.limits().takeover().toMillis() / 1e3));
      claims.add(Claim.said("appends of its own that lost to the log afterwards: %.0f", outrun));
      claims.add(Claim.said("it knew %d ms after SIGCONT", knew - resumed));
      claims.addAll(reads.claims(knew));
      return claims;
    };
  }

  private static StaleReads watch(
      Stage stage, Target.Node victim, Target.Node peer, List<Person> orphans) {
    StaleReads reads =
        new StaleReads(
            stage.cast().locator().api(victim.name()), stage.cast().locator().api(peer.name()));
    long end = System.nanoTime() + WATCHED.toNanos();
    while (System.nanoTime() - end < 0) {
      orphans.forEach(reads::look);
    }
    return reads;
  }

  /** When its session was told to be over; the moment it went on if it was not. */
  static long knewMillis(Stage stage, Target.Node victim, long sinceMillis) throws Exception {
    return NodeLog.of(stage.installation(), victim.name()).lines("event=membership.rejoin").stream()
        .mapToLong(NodeLog.Line::atMillis)
        .filter(at -> at >= sinceMillis)
        .findFirst()
        .orElse(sinceMillis);
  }
}
