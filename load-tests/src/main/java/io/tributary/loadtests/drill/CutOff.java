package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A node that reaches HBase and the other nodes, but not ZooKeeper, for longer than its session
 * lasts: it goes on with mailboxes that others own by now.
 */
final class CutOff implements Harm {
  private static final Duration BACK_MAX = Duration.ofSeconds(90);

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    Guest guest = stage.cast().guest();
    String peer = stage.cast().peerOf(guest.node()).name();
    List<Person> orphans = stage.cast().servedBy(Guest.NAME);
    double outrunBefore = stage.processes().metric(guest.node(), NodePause.OUTRUN);
    long cut = System.currentTimeMillis();
    long cutNanos = System.nanoTime();
    guest.relay().shut();
    StaleReads reads =
        new StaleReads(stage.cast().locator().api(Guest.NAME), stage.cast().locator().api(peer));
    Duration away = stage.limits().session().plus(stage.limits().harm());
    double others = 0;
    while (System.nanoTime() - cutNanos < away.toNanos()) {
      orphans.forEach(reads::look);
      if (others == 0 && !stage.cast().locator().anyServedBy(peer, orphans, Guest.NAME)) {
        others = (System.nanoTime() - cutNanos) / 1e9;
      }
    }
    double outrun = stage.processes().metric(guest.node(), NodePause.OUTRUN) - outrunBefore;
    long knew = knewMillis(stage, cut);
    Span span = new Span(cutNanos, System.nanoTime());
    guest.relay().open();
    long opened = System.nanoTime();
    Await.until(
        BACK_MAX, () -> stage.cast().locator().allServedBy(peer, orphans, List.of(Guest.NAME)));
    double back = (System.nanoTime() - opened) / 1e9;
    double takenOver = others;
    return () -> {
      List<String> names = orphans.stream().map(Person::name).toList();
      List<Claim> claims = new ArrayList<>();
      claims.add(
          Claim.that(
              !orphans.isEmpty() && takenOver > 0,
              "its %d users were given to others %.1f s after the cut, which lasted %.0f s",
              orphans.size(),
              takenOver,
              span.seconds()));
      claims.add(
          Claim.said(
              "they waited for an acknowledgement at most %.1f s",
              Outages.of(names, stage.book().of(names, span), span).maxMillis() / 1e3));
      claims.add(Claim.said("appends of its own that lost to the log: %.0f", outrun));
      claims.add(Claim.said("it knew %.1f s after the cut", (knew - cut) / 1e3));
      claims.addAll(reads.claims(knew));
      claims.add(Claim.said("it served them again %.1f s after the cut was mended", back));
      claims.add(Claim.that(guest.isAlive(), "it is the same process"));
      return claims;
    };
  }

  /** When it noticed that it was out of touch. */
  private static long knewMillis(Stage stage, long sinceMillis) throws Exception {
    return NodeLog.of(stage.installation(), Guest.NAME)
        .lines("event=zookeeper.session", "SUSPENDED")
        .stream()
        .mapToLong(NodeLog.Line::atMillis)
        .filter(at -> at >= sinceMillis)
        .findFirst()
        .orElse(sinceMillis);
  }
}
