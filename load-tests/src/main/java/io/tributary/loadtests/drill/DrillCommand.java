package io.tributary.loadtests.drill;

import io.tributary.loadtests.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where the installation lies, and stays; default: a temporary folder, which stays only if"
              + " a drill fails")
  private Optional<Path> data = Optional.empty();

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
      description = "after so long without a word a node counts as gone; default: ${DEFAULT-VALUE}")
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
    within("--users", users, 2, 1_000);
    within("--seconds", seconds, 1, 3_600);
    within("--away-seconds", awaySeconds, 1, 600);
    within("--session-millis", sessionMillis, 1_000, 60_000);
    within("--grace-millis", graceMillis, 0, 60_000);
    Path home = data.isPresent() ? data.get() : Files.createTempDirectory("tributary-drill");
    List<Row> rows = drill(drills, home);
    spec.commandLine().getOut().println(Table.of(rows));
    spec.commandLine().getOut().flush();
    return end(rows.stream().allMatch(Row::passed), home);
  }

  private void known(String drill) {
    if (!drill.equals(Drills.ALL) && !Drills.names().contains(drill)) {
      refuse("DRILL is one of " + String.join(", ", new Names()) + ", not " + drill);
    }
  }

  private void within(String option, int value, int min, int max) {
    if (value < min || value > max) {
      refuse("%s is %d to %d, not %d".formatted(option, min, max, value));
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  private List<Row> drill(List<Drill> drills, Path home) throws IOException, InterruptedException {
    Path project = Path.of(System.getProperty("tributary.home", ".")).toAbsolutePath().normalize();
    Installation.Shape shape =
        new Installation.Shape(
            Drills.cells(drills),
            NODES,
            Map.of(
                "TRIBUTARY_ZOOKEEPER_SESSION_TIMEOUT_MILLIS",
                Integer.toString(sessionMillis),
                "TRIBUTARY_SMS_PUBLIC_URL",
                "http://sms.example.com"));
    spec.commandLine()
        .getErr()
        .printf("starting %d cells of %d nodes in %s%n", shape.cells(), NODES, home);
    List<Row> rows = new ArrayList<>();
    try (Installation installation = Installation.start(project, home.resolve("data"), shape);
        DrillRun run = new DrillRun(installation, plan(), spec.commandLine().getErr())) {
      Runtime.getRuntime().addShutdownHook(new Thread(installation::requestStop));
      drills.forEach(drill -> rows.add(run.run(drill)));
    }
    return rows;
  }

  private DrillRun.Plan plan() {
    return new DrillRun.Plan(
        users,
        Duration.ofSeconds(seconds),
        new Stage.Limits(
            Duration.ofMillis(sessionMillis),
            Duration.ofMillis(graceMillis),
            Duration.ofSeconds(awaySeconds)));
  }

  private int end(boolean well, Path home) throws IOException {
    if (data.isEmpty() && well) {
      delete(home);
    } else {
      spec.commandLine().getErr().println("data and logs: " + home.resolve("data"));
    }
    return well ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
