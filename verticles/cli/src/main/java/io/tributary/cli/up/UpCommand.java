package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.OpenData;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Shell;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** {@code up}. */
@Command(
    name = "up",
    description = {
      "Starts ZooKeeper, HBase and the nodes as children of this process, makes the demo users, and keeps all running until Ctrl-C.",
      "What it stores stays in the data folder. Ports and all else are configuration: a file, or variables such as TRIBUTARY_SMTP_PORT; port 0 takes a free one."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final long LOG_BYTES_MAX = 10L << 20;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(names = "--config", paramLabel = "FILE", description = "Default: the defaults.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Nodes that share the mailboxes of a cell, 1 to "
            + Shape.NODES_MAX
            + ". Default: ${DEFAULT-VALUE}.",
        "The first listens where it is configured to, the others on free ports."
      })
  private int nodes = 1;

  @Option(
      names = "--cells",
      paramLabel = "N",
      description = {
        "Cells that share the users, 1 to "
            + Shape.CELLS_MAX
            + ", each with its own HBase and nodes. Decided when the data folder is made. Default: 1, or what the folder has."
      })
  private Optional<Integer> cells = Optional.empty();

  private final Shell shell;

  /** For the command line's factory. */
  public UpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (nodes < 1 || nodes > Shape.NODES_MAX) {
      throw new Failure("--nodes: %d is not 1 to %d".formatted(nodes, Shape.NODES_MAX));
    }
    Home home = Home.ofProcess();
    DataFolder folder = new DataFolder(data);
    Announcer announcer = new Announcer(shell);
    int zookeeperPort = Ports.free();
    Configuration configuration =
        new Configuration(file, shell.environment(), Services.decided(zookeeperPort));
    TributaryConfig checked = configuration.load();
    OpenData.check(folder);
    CellsOfData ofData = new CellsOfData(folder);
    Shape shape = Shape.of(checked.node().cell(), ofData.count(cells), nodes);
    new Leftovers(folder, announcer).awaitEnd();
    Ports.check(checked);
    configuration.notes().forEach(announcer::say);
    try (OpenData open = OpenData.open(folder)) {
      ofData.note(shape.cells().size());
      announcer.say("Tributary is starting on " + open.folder().root());
      Secrets secrets = Secrets.of(folder, checked.directory().operatorTokenFile());
      TributaryConfig config =
          DemoSms.in(
              configuration.withOperatorToken(folder.operatorToken()), open.folder(), secrets);
      NodeFiles files = new NodeFiles(folder, config, shape);
      run(new Services(home, folder, files, zookeeperPort), folder, config, secrets, announcer);
      return 0;
    } catch (IOException broken) {
      throw new Failure("up: " + broken.getMessage(), broken);
    }
  }

  private void run(
      Services services,
      DataFolder folder,
      TributaryConfig config,
      Secrets secrets,
      Announcer announcer)
      throws IOException, InterruptedException {
    services.clear();
    LogRotation rotation =
        new LogRotation(
            services.shape().services().stream().map(folder::logFile).toList(), LOG_BYTES_MAX);
    Reception reception =
        new Reception(
            folder, config, secrets, services, rotation, new Reception.Words(announcer, shell));
    String front = services.shape().front().name();
    Supervisor supervisor = new Supervisor(services.all(), front, folder, announcer, reception);
    listen(supervisor);
    try {
      supervisor.run();
    } finally {
      services.clear();
    }
  }

  /** Ctrl-C, `kill`, and a terminal that goes away end it in order. */
  @SuppressWarnings("sunapi") // there is no other way to end in order with exit code 0
  private static void listen(Supervisor supervisor) {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(signal), received -> supervisor.requestStop());
    }
  }
}
