package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.traffic.SmtpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The directory's HBase is away: addresses that are known go on, others are put off. */
final class DirectoryKill implements Harm {
  private static final int PUT_OFF = 451;
  private static final int NOBODY = 550;

  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    List<String> all = stage.cast().people().stream().map(Person::name).toList();
    List<Integer> before = strangers(stage, "before");
    List<Integer> meanwhile = new ArrayList<>();
    Span away =
        Away.of(stage, "hbase-directory", () -> meanwhile.addAll(strangers(stage, "meanwhile")));
    Await.until(
        Duration.ofSeconds(90),
        () ->
            strangers(stage, "after" + System.nanoTime()).stream()
                .allMatch(code -> code == NOBODY));
    Span whole = new Span(away.fromNanos(), System.nanoTime());
    return () ->
        List.of(
            Claim.said("the directory's HBase was away for %.0f s", away.seconds()),
            SideBySide.of("all users", all, stage.book(), stage.before(), whole).unharmed(),
            Claim.that(
                meanwhile.stream().allMatch(code -> code == PUT_OFF)
                    && before.stream().allMatch(code -> code == NOBODY),
                "RCPT of unknown addresses: %s before, %s meanwhile, 550 after",
                before,
                meanwhile),
            Claim.said(
                "unknown addresses told apart again %.1f s after HBase was let start",
                (whole.toNanos() - away.toNanos()) / 1e9));
  }

  /** What each node says of an address that nobody has and nobody has asked for. */
  private static List<Integer> strangers(Stage stage, String when) throws IOException {
    List<Integer> codes = new ArrayList<>();
    for (Target.Node node : stage.cast().nodes()) {
      try (SmtpConnection connection = new SmtpConnection(node.faces().smtp())) {
        codes.add(connection.recipient("nobody-%s-%s@example.com".formatted(when, node.name())));
      }
    }
    return codes;
  }
}
