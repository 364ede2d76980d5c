package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.ApiException;
import io.tributary.loadtests.api.UnusableTargetException;
import io.tributary.loadtests.options.Against;
import io.tributary.loadtests.options.OwnFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load-tests/bench}: measures an installation. */
@Command(
    name = "load-tests/bench",
    description = {
      "Measures a running installation, each case in turn with its floor: what the storage or the"
          + " protocol alone gives at as many calls in flight.",
      "Prints a line of JSON for each case, and a short one for people on standard error.",
      "`scale` starts installations of its own; `lookup`, which takes no options, needs none."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit: 0 measured; 1 a call failed, so that a figure is void; 2 wrong use.",
      "A target that is missed is no failure: the machine decides too. But 1 if a lookup allocates."
    })
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CASE", description = "${COMPLETION-CANDIDATES}, lookup")
  private Kind kind = Kind.all;

  @Mixin private Against against = new Against();
  @Mixin private OwnFolder own = new OwnFolder();
  @Mixin private TurnsOptions turns = new TurnsOptions();
  @Mixin private Sizes sizes = new Sizes();
  @Mixin private FloorOptions floor = new FloorOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<Figure> figures = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException, IOException {
    turns.check(spec);
    sizes.check(spec);
    try {
      if (kind == Kind.scale) {
        return scale();
      }
      Site site = Site.read(against.readyFile());
      check(site);
      measure(site);
      return verdict();
    } catch (UnusableTargetException unusable) {
      throw new ParameterException(spec.commandLine(), unusable.getMessage());
    } catch (ApiException refused) {
      spec.commandLine().getErr().println("bench: the API said " + refused.getMessage());
      return 1;
    }
  }

  private void check(Site site) {
    if (kind.texts() && site.target().sms().account().isEmpty()) {
      throw new UnusableTargetException(
          against.readyFile() + " has no \"sms\": the installation takes no text messages");
    }
  }

  private void measure(Site site) throws InterruptedException, IOException {
    try (Api api = new Api(site.target().faces().grpc(), site.target().operatorToken())) {
      Cases cases = new Cases(site, api, turns.turns(site.cpu()), this::said);
      if (kind.includes(Kind.sms)) {
        cases.sms(sizes.mailboxes(), sizes.connections(), floor.log(site));
      }
      if (kind.includes(Kind.chat)) {
        cases.chat(sizes.pairs(), floor.log(site));
      }
      if (kind.includes(Kind.reads)) {
        cases.reads();
      }
      if (kind.includes(Kind.forward)) {
        cases.forward();
      }
      if (kind.includes(Kind.idle)) {
        cases.idle(sizes.socketUsers(), sizes.sockets());
      }
    }
  }

  private int scale() throws InterruptedException, IOException {
    Path folder = own.open("scale");
    List<Scaled> all = new ScaleBench(folder, turns, sizes, this::said).measure();
    spec.commandLine().getErr().println(ScaleTable.of(all));
    int code = verdict();
    own.close(folder, code == 0);
    return code;
  }

  private void said(Figure figure) {
    figures.add(figure);
    spec.commandLine().getOut().println(figure.json());
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println(figure.summary());
    figure.problems().forEach(problem -> spec.commandLine().getErr().println("  " + problem));
  }

  private int verdict() {
    int failed = figures.stream().mapToInt(Figure::failed).sum();
    if (failed > 0) {
      spec.commandLine().getErr().println("bench: void, because " + failed + " calls failed");
    }
    return failed == 0 ? 0 : 1;
  }
}
