package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.wire.ClientLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A node's ZooKeeper sessions, the event bus's too, are ended behind its back. Live events between
 * it and the others must come back without a restart, and clients must not miss anything.
 */
final class SessionExpiry implements Harm {
  private static final Duration HEARD_MAX = Duration.ofSeconds(60);
  private static final Duration WATCHED = Duration.ofSeconds(15);
  private static final Duration STILL_HEARD = Duration.ofSeconds(4);
  private static final double LIVE_MAX_MILLIS = 8_000; // a head comes every five seconds

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    try (ClientLoop loop = ClientLoop.open()) {
      List<TypingProbe> probes = probes(stage, loop);
      probes.forEach(TypingProbe::start);
      awaitHeard(probes, System.nanoTime());
      Guest guest = stage.cast().guest();
      long expired = System.currentTimeMillis();
      long expiredNanos = System.nanoTime();
      int sessions = guest.expireSessions();
      Await.until(HEARD_MAX, () -> rejoined(stage, expired).isPresent());
      awaitHeard(probes, System.nanoTime());
      double back = (System.nanoTime() - expiredNanos) / 1e9;
      Stage.watch(WATCHED);
      Span span = new Span(expiredNanos, System.nanoTime());
      boolean heard =
          probes.stream()
              .allMatch(probe -> probe.heardAfter(span.toNanos() - STILL_HEARD.toNanos()));
      double there = probes.get(0).longestSilence(span);
      double fro = probes.get(1).longestSilence(span);
      return () ->
          List.of(
              Claim.that(sessions > 0, "%d sessions of %s were ended", sessions, Guest.NAME),
              Claim.that(
                  heard && guest.isAlive(),
                  "typing heard from it and by it again after %.1f s, and still %.0f s later, without"
                      + " a restart",
                  back,
                  WATCHED.toMillis() / 1e3),
              Claim.said("longest silence: from it %.1f s, to it %.1f s", there, fro),
              caughtUp(stage, span));
    }
  }

  private static Claim caughtUp(Stage stage, Span span) {
    double slowest = stage.load().live().slowestMillis(span.fromNanos(), span.toNanos());
    return Claim.that(
        slowest <= LIVE_MAX_MILLIS,
        "messages came to listeners' sockets at most %.1f s after their acknowledgement",
        slowest / 1e3);
  }

  /** From the guest to another node, and the other way. */
  private static List<TypingProbe> probes(Stage stage, ClientLoop loop) {
    Target.Node guest = stage.cast().guest().node();
    Target.Node peer = stage.cast().peerOf(guest);
    List<Person> two =
        stage.cast().people().stream()
            .filter(person -> person.cell().equals(guest.cell()))
            .limit(2)
            .toList();
    TypingProbe.End here = new TypingProbe.End(two.get(0).user(), guest.faces().http());
    TypingProbe.End there = new TypingProbe.End(two.get(1).user(), peer.faces().http());
    return List.of(new TypingProbe(loop, here, there), new TypingProbe(loop, there, here));
  }

  private static void awaitHeard(List<TypingProbe> probes, long sinceNanos) {
    Await.until(HEARD_MAX, () -> probes.stream().allMatch(probe -> probe.heardAfter(sinceNanos)));
  }

  private static Optional<NodeLog.Line> rejoined(Stage stage, long sinceMillis) throws Exception {
    return NodeLog.of(stage.installation(), Guest.NAME)
        .lines("event=membership.registered")
        .stream()
        .filter(line -> line.atMillis() >= sinceMillis)
        .findFirst();
  }
}
