package io.tributary.loadtests.drill;

import io.tributary.loadtests.Installation;
import io.tributary.loadtests.options.OwnFolder;
import io.tributary.loadtests.options.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load-tests/drill}: does harm to an installation of its own, under load. */
@Command(
    name = "load-tests/drill",
    description = {
      "Starts an installation, puts load on all channels of all its nodes, does something to its"
          + " processes, and audits what it acknowledged.",
      "Prints a table with a row for each drill."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit: 0 all is well; 1 a message was lost or doubled, a sender saw a permanent error, or"
          + " what a drill claims does not hold; 2 wrong use."
    })
final class DrillCommand implements Callable<Integer> {
  private static final int NODES = 2;

  /** The drills' names, for picocli. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Drills.names().stream(), Stream.of(Drills.ALL)).iterator();
    }
  }

  @Parameters(
      paramLabel = "DRILL",
      arity = "1..*",
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}")
  private List<String> asked = List.of();

  @Mixin private OwnFolder own = new OwnFolder();

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "who are written to, over all cells; default: ${DEFAULT-VALUE}")
  private int users = 12;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of load before anything is done; default: ${DEFAULT-VALUE}")
  private int seconds = 10;

  @Option(
      names = "--away-seconds",
      paramLabel = "N",
      description = "how long an engine is kept away; default: ${DEFAULT-VALUE}")
  private int awaySeconds = 15;

  @Option(
      names = "--session-millis",
      paramLabel = "N",
      description =
          "after so long without a word a node counts as gone; default: ${DEFAULT-VALUE}, but 2000"
              + " in node-kill-2s")
  private int sessionMillis = 6_000;

  @Option(
      names = "--grace-millis",
      paramLabel = "N",
      description = "after that its users are served by others; default: ${DEFAULT-VALUE}")
  private int graceMillis = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Drill> drills = Drills.of(asked);
    asked.forEach(this::known);
    new Range(2, 1_000).check(spec, "--users", users);
    Range.to(3_600).check(spec, "--seconds", seconds);
    Range.to(600).check(spec, "--away-seconds", awaySeconds);
    new Range(1_000, 60_000).check(spec, "--session-millis", sessionMillis);
    new Range(0, 60_000).check(spec, "--grace-millis", graceMillis);
    Path home = own.open("drill");
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Integer, List<Drill>> same : Drills.bySession(drills, sessionMillis)) {
      rows.addAll(drill(same.getValue(), home, same.getKey()));
    }
    spec.commandLine().getOut().println(Table.of(rows));
    spec.commandLine().getOut().flush();
    boolean well = rows.stream().allMatch(Row::passed);
    own.close(home, well);
    return well ? 0 : 1;
  }

  private void known(String drill) {
    if (!drill.equals(Drills.ALL) && !Drills.names().contains(drill)) {
      throw new ParameterException(
          spec.commandLine(),
          "DRILL is one of " + String.join(", ", new Names()) + ", not " + drill);
    }
  }

  /** Those that go with one installation. */
  private List<Row> drill(List<Drill> drills, Path home, int session)
      throws IOException, InterruptedException {
    Installation.Shape shape =
        new Installation.Shape(
            Drills.cells(drills),
            NODES,
            Map.of(
                "TRIBUTARY_ZOOKEEPER_SESSION_TIMEOUT_MILLIS",
                Integer.toString(session),
                "TRIBUTARY_SMS_PUBLIC_URL",
                "http://sms.example.com"));
    spec.commandLine()
        .getErr()
        .printf("starting %d cells of %d nodes in %s%n", shape.cells(), NODES, home);
    List<Row> rows = new ArrayList<>();
    Path data = home.resolve("data-" + session);
    try (Installation installation = Installation.start(OwnFolder.project(), data, shape);
        DrillRun run = new DrillRun(installation, plan(session), spec.commandLine().getErr())) {
      Runtime.getRuntime().addShutdownHook(new Thread(installation::requestStop));
      drills.forEach(drill -> rows.add(run.run(drill)));
    }
    return rows;
  }

  private DrillRun.Plan plan(int session) {
    return new DrillRun.Plan(
        users,
        Duration.ofSeconds(seconds),
        new Stage.Limits(
            Duration.ofMillis(session),
            Duration.ofMillis(graceMillis),
            Duration.ofSeconds(awaySeconds)));
  }
}
