package io.tributary.loadtests.gatling;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.ApiException;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Mailboxes;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.api.Users;
import io.tributary.loadtests.audit.Audit;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.options.Against;
import io.tributary.loadtests.options.Range;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load-tests/gatling}: puts load on an installation, then audits what it acknowledged. */
@Command(
    name = "load-tests/gatling",
    description = "Puts load on a running installation with Gatling, then audits its mailboxes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit: 0 all is well; 1 a message was lost, doubled, changed or refused, or nothing was"
          + " acknowledged; 2 wrong use."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int USERS_MAX = 5_000;
  private static final int MAILBOXES_MAX = 10_000;
  private static final int FAULTS_NAMED = 10;

  @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private Kind kind = Kind.smtp;

  @Mixin private Against against = new Against();

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "virtual users of each channel; default: ${DEFAULT-VALUE}")
  private int users = 10;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long; default: ${DEFAULT-VALUE}")
  private int seconds = 30;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "messages a second of each channel; default: as fast as they go")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--mailboxes",
      paramLabel = "N",
      description = "mailboxes to write to, made if there are fewer; default: the demo users")
  private Optional<Integer> mailboxes = Optional.empty();

  @Option(
      names = "--characters",
      paramLabel = "N",
      description = "length of a mail's text; default: ${DEFAULT-VALUE}")
  private int characters = 1_000;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "${sys:tributary.home:-.}/load-tests/target/gatling",
      description = "gets a folder with Gatling's report; default: load-tests/target/gatling")
  private Path results = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Shape shape = shape();
    Target target = against.target();
    check(target);
    Marker marker = new Marker(Long.toString(System.currentTimeMillis(), 36));
    try (Api api = new Api(target.faces().grpc(), target.operatorToken())) {
      int count = mailboxes.orElse(target.users().size());
      List<LoadUser> receivers = new Users(api).take(count, target.users());
      LoadRun run = new LoadRun(target, receivers, shape, marker);
      LoadRun.begin(run);
      Optional<Path> report =
          Engine.run(kind.simulation(), results.resolve(kind + "-" + marker.run()));
      return verdict(run, report, new Mailboxes(api));
    } catch (ApiException refused) {
      spec.commandLine().getErr().println("gatling: the API said " + refused.getMessage());
      return 1;
    }
  }

  private Shape shape() {
    Range.to(USERS_MAX).check(spec, "--users", users);
    Range.to((int) Duration.ofDays(1).toSeconds()).check(spec, "--seconds", seconds);
    Range.to(60_000).check(spec, "--characters", characters);
    mailboxes.ifPresent(count -> Range.to(MAILBOXES_MAX).check(spec, "--mailboxes", count));
    rate.filter(perSecond -> !(perSecond > 0 && perSecond <= 1e6))
        .ifPresent(wrong -> refuse("--rate is above 0 and at most 1000000, not " + wrong));
    return new Shape(users, Duration.ofSeconds(seconds), rate, characters);
  }

  /** Whether this kind can be run against that installation. */
  private void check(Target target) {
    if (kind.chats() && mailboxes.orElse(target.users().size()) < 2) {
      refuse("--mailboxes is at least 2 with " + kind + ": nobody chats alone");
    }
    if (kind.texts() && target.sms().account().isEmpty()) {
      refuse(against.readyFile() + " has no \"sms\": the installation takes no text messages");
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  private int verdict(LoadRun run, Optional<Path> report, Mailboxes inboxes) {
    PrintWriter out = spec.commandLine().getOut();
    Audit audit = Audit.of(run.ledger(), inboxes.sightings(run.marker(), run.mailboxes()));
    out.println(audit.report());
    out.printf("retries: %d; refused for good: %d%n", run.retries(), run.refusedCount());
    run.refusals().forEach(refusal -> out.println("  " + refusal));
    List<String> liveFaults = run.live().faults();
    if (run.live().listeners() > 0) {
      out.printf(
          "sockets: %d messages came live, %d gaps, %d faults%n",
          run.live().seenCount(), run.live().gaps(), liveFaults.size());
      liveFaults.stream().limit(FAULTS_NAMED).forEach(fault -> out.println("  " + fault));
    }
    out.println("report: " + report.map(Path::toString).orElse("none, Gatling failed"));
    if (audit.acknowledged() == 0) {
      out.println("failed: nothing was acknowledged");
    }
    out.flush();
    boolean well =
        audit.passed() && audit.acknowledged() > 0 && run.refusedCount() == 0 && report.isPresent();
    return well ? 0 : 1;
  }
}
