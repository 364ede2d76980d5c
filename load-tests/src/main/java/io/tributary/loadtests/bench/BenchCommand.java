package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.ApiException;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.UnusableTargetException;
import io.tributary.loadtests.api.Users;
import io.tributary.loadtests.audit.Marker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load-tests/bench}: measures an installation. */
@Command(
    name = "load-tests/bench",
    description = {
      "Measures a running installation, each case in turn with its floor: what the storage or the"
          + " protocol alone gives at as many calls in flight.",
      "Prints a line of JSON for each case, and a short one for people on standard error."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit: 0 measured; 1 a call failed, so that a figure is void; 2 wrong use.",
      "A target that is missed is no failure: the machine decides too."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int USERS_MAX = 10_000;
  private static final int FEW = 2;
  private static final int FORWARD_USERS = 24;
  private static final int FORWARD_IN_FLIGHT = 32;
  private static final ReadsBench.Breadth READS = new ReadsBench.Breadth(2, 32);

  @Parameters(paramLabel = "CASE", description = "${COMPLETION-CANDIDATES}")
  private Kind kind = Kind.all;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      defaultValue = "${sys:tributary.home:-.}/data/run/ready.json",
      description = "the installation's ready.json; default: data/run/ready.json")
  private Path against = Path.of("");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of each round; default: ${DEFAULT-VALUE}")
  private int seconds = 4;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "of each case, between those of the floor; default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "before the first round; default: ${DEFAULT-VALUE}")
  private int warmUp = 40;

  @Option(
      names = "--mailboxes",
      paramLabel = "N",
      description =
          "sms: how many it writes to, made if there are fewer; default: ${DEFAULT-VALUE}")
  private int mailboxes = 1_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "sms: each with one request in flight; default: ${DEFAULT-VALUE}")
  private int connections = 50;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "chat: people who write, and as many who read; default: ${DEFAULT-VALUE}")
  private int pairs = 50;

  @Option(
      names = "--sockets",
      paramLabel = "N",
      description = "idle: how many are opened; default: ${DEFAULT-VALUE}")
  private int sockets = 10_000;

  @Option(
      names = "--socket-users",
      paramLabel = "N",
      description = "idle: whose they are, made if there are fewer; default: ${DEFAULT-VALUE}")
  private int socketUsers = 1_000;

  @Option(
      names = "--zookeeper",
      paramLabel = "HOST:PORT",
      description = "of the floor's HBase; default: as the node's configuration has it")
  private Optional<String> zookeeper = Optional.empty();

  @Option(
      names = "--znode",
      paramLabel = "PATH",
      description = "where that HBase registers; default: likewise")
  private Optional<String> znode = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the floor's, that of the logs; default: likewise")
  private Optional<String> table = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException {
    check();
    try {
      Site site = Site.read(against);
      check(site);
      return verdict(measure(site));
    } catch (UnusableTargetException unusable) {
      throw new ParameterException(spec.commandLine(), unusable.getMessage());
    } catch (ApiException refused) {
      spec.commandLine().getErr().println("bench: the API said " + refused.getMessage());
      return 1;
    }
  }

  private void check() {
    within("--seconds", seconds, 600);
    within("--rounds", rounds, 99);
    within("--warm-up", warmUp, 600);
    within("--mailboxes", mailboxes, USERS_MAX);
    within("--connections", connections, 5_000);
    within("--pairs", pairs, USERS_MAX / 2);
    within("--sockets", sockets, 100_000);
    within("--socket-users", socketUsers, USERS_MAX);
  }

  private void within(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), option + " is 1 to " + max + ", not " + value);
    }
  }

  private void check(Site site) {
    if (kind.texts() && site.target().sms().account().isEmpty()) {
      throw new UnusableTargetException(
          against + " has no \"sms\": the installation takes no text messages");
    }
  }

  private List<Figure> measure(Site site) throws InterruptedException, IOException {
    List<Figure> figures = new ArrayList<>();
    try (Api api = new Api(site.target().faces().grpc(), site.target().operatorToken())) {
      if (kind.includes(Kind.sms)) {
        sms(site, new Users(api), figures);
      }
      if (kind.includes(Kind.chat)) {
        chat(site, new Users(api), figures);
      }
      if (kind.includes(Kind.reads)) {
        reads(site, api, figures);
      }
      if (kind.includes(Kind.forward)) {
        forward(site, api, figures);
      }
      if (kind.includes(Kind.idle)) {
        List<LoadUser> owners = new Users(api).take(socketUsers, site.target().users());
        figures.add(said(new IdleBench(site, marker()).measure(owners, sockets)));
      }
    }
    return figures;
  }

  private void sms(Site site, Users users, List<Figure> figures)
      throws InterruptedException, IOException {
    SmsBench bench = new SmsBench(site.target(), marker(), turns(site));
    List<LoadUser> all = users.take(mailboxes, site.target().users());
    figures.add(said(bench.measure(all, connections, log(site))));
    if (all.size() > FEW) {
      figures.add(said(bench.measure(all.subList(0, FEW), connections, log(site))));
    }
  }

  private void chat(Site site, Users users, List<Figure> figures)
      throws InterruptedException, IOException {
    ChatBench bench = new ChatBench(site.target(), marker(), turns(site));
    List<LoadUser> people = users.take(2 * pairs, site.target().users());
    for (int inFlight : List.of(1, 4)) {
      figures.add(said(bench.measure(people, inFlight, log(site))));
    }
  }

  private void forward(Site site, Api api, List<Figure> figures)
      throws InterruptedException, IOException {
    ForwardBench bench = new ForwardBench(site.target(), turns(site));
    Map<ForwardBench.Distance, LoadUser> users =
        ForwardBench.choose(site, api, new Users(api).take(FORWARD_USERS, site.target().users()));
    for (ForwardBench.Distance distance : users.keySet()) {
      if (distance != ForwardBench.Distance.SAME_NODE) {
        figures.add(said(bench.measure(users, distance, 1)));
        figures.add(said(bench.measure(users, distance, FORWARD_IN_FLIGHT)));
      }
    }
  }

  private void reads(Site site, Api api, List<Figure> figures)
      throws InterruptedException, IOException {
    ReadsBench bench = new ReadsBench(site.target(), turns(site));
    LoadUser reader = new Users(api).reader(site.target().users());
    bench.fill(api, reader, marker());
    for (ReadsBench.Listing listing : ReadsBench.Listing.values()) {
      for (int pageSize : List.of(10, 50)) {
        figures.add(said(bench.measure(reader, listing, pageSize, READS)));
      }
    }
  }

  private Turns turns(Site site) {
    return new Turns(Duration.ofSeconds(seconds), rounds, Duration.ofSeconds(warmUp), site.cpu());
  }

  private static Marker marker() {
    return new Marker(Long.toString(System.currentTimeMillis(), 36));
  }

  private LogTable log(Site site) {
    Map<String, String> given = new TreeMap<>();
    zookeeper.ifPresent(value -> given.put("zookeeper", value));
    znode.ifPresent(value -> given.put("znode", value));
    table.ifPresent(value -> given.put("table", value));
    return LogTable.of(site.nodeConfiguration(), given);
  }

  private Figure said(Figure figure) {
    spec.commandLine().getOut().println(figure.json());
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println(figure.summary());
    figure.problems().forEach(problem -> spec.commandLine().getErr().println("  " + problem));
    return figure;
  }

  private int verdict(List<Figure> figures) {
    int failed = figures.stream().mapToInt(Figure::failed).sum();
    if (failed > 0) {
      spec.commandLine().getErr().println("bench: void, because " + failed + " calls failed");
    }
    return failed == 0 ? 0 : 1;
  }
}
