package io.tributary.loadtests.drill;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The HBase of one cell is away. The other cell's users must not notice. */
final class HBaseKill implements Harm {
  @Override
  public Supplier<List<Claim>> happen(Stage stage) throws Exception {
    String dead = stage.cast().nodes().get(0).cell();
    List<Person> hurt =
        stage.cast().people().stream().filter(person -> person.cell().equals(dead)).toList();
    List<String> others =
        stage.cast().people().stream()
            .filter(person -> !person.cell().equals(dead))
            .map(Person::name)
            .toList();
    Span away = Away.of(stage, "hbase-" + dead, () -> {});
    double back = stage.servedAfterMillis(hurt, away.toNanos());
    stage.cast().nodesOf(dead).forEach(stage.processes()::awaitReady);
    Span whole = new Span(away.fromNanos(), System.nanoTime());
    return () -> {
      Map<String, Integer> errors =
          Book.errors(stage.book().of(stage.cast().usersOf(dead), whole).stream(), attempt -> true);
      return List.of(
          Claim.that(
              !others.isEmpty() && !hurt.isEmpty(),
              "%d users in %s, whose HBase was away for %.0f s; %d in others",
              hurt.size(),
              dead,
              away.seconds(),
              others.size()),
          SideBySide.of("users of the other cells", others, stage.book(), stage.before(), whole)
              .unharmed(),
          Claim.said(
              "they waited for an acknowledgement at most %.1f s",
              Outages.of(others, stage.book().of(others, whole), whole).maxMillis() / 1e3),
          Claim.that(
              errors.getOrDefault("SMTP 451 at RCPT", 0) > 0, "users of %s: %s", dead, errors),
          Claim.said(
              "all of them acknowledged again %.1f s after HBase was let start", back / 1e3));
    };
  }
}
