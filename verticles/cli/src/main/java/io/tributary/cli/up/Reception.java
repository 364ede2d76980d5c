package io.tributary.cli.up;

import io.tributary.cli.api.ApiException;
import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Installation;
import io.tributary.cli.data.PrivateFile;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.up.Shape.Member;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What happens once everything runs: demo users, the ready file, the lines to paste. For the
 * supervisor's thread.
 */
final class Reception implements Supervisor.Watch {
  private static final Duration USERS_MAX = Duration.ofSeconds(60);
  private static final Duration ROTATION_EVERY = Duration.ofSeconds(5);

  private final DataFolder folder;
  private final TributaryConfig config;
  private final Secrets secrets;
  private final Services services;
  private final LogRotation rotation;
  private final Words words;
  private final long beganNanos = System.nanoTime();
  private long allReadyNanos;
  private long rotatedNanos = beganNanos;
  private List<Ready.User> users = List.of();
  private boolean open;

  Reception(
      DataFolder folder,
      TributaryConfig config,
      Secrets secrets,
      Services services,
      LogRotation rotation,
      Words words) {
    this.folder = folder;
    this.config = config;
    this.secrets = secrets;
    this.services = services;
    this.rotation = rotation;
    this.words = words;
  }

  /** What is said when it is ready. */
  record Words(Announcer announcer, Shell shell) {}

  @Override
  public void allReady() {
    if (open) {
      return;
    }
    Ready.Faces present =
        services
            .faces(services.shape().front())
            .orElseThrow(() -> new Failure("the node took away where it listens"));
    boolean first = users.isEmpty();
    if (first && !ensureUsers(present)) {
      return;
    }
    write(ready(present));
    open = true;
    if (first) {
      welcome(present);
    } else {
      words.announcer().say("Ready again.");
    }
  }

  /** Whether they are there now; if not, the next glance tries again. */
  private boolean ensureUsers(Ready.Faces present) {
    if (allReadyNanos == 0) {
      allReadyNanos = System.nanoTime();
    }
    try {
      users = demoUsers(present).ensure();
      return true;
    } catch (ApiException refused) {
      Duration since = Duration.ofNanos(System.nanoTime() - allReadyNanos);
      if (!refused.isPassing() || since.compareTo(USERS_MAX) > 0) {
        throw new Failure(
            "the demo users can't be made: %s; the node's log: %s"
                .formatted(refused.reason(), folder.logFile(services.shape().front().name())),
            refused);
      }
      return false;
    }
  }

  private DemoUsers demoUsers(Ready.Faces present) {
    return new DemoUsers(
        present.grpc().reachable(),
        secrets,
        config.smtp().localDomains().get(0),
        config.smtp().postmaster(),
        config.tls().certificateFile());
  }

  private Ready ready(Ready.Faces present) {
    Ready.Faces reachable = reachable(present);
    return new Ready(
        reachable,
        publicUrl(reachable),
        secrets.operator(),
        DemoSms.account(config),
        users,
        config.tls().certificateFile().map(Path::toAbsolutePath),
        nodes());
  }

  private static Ready.Faces reachable(Ready.Faces present) {
    return new Ready.Faces(
        present.smtp().reachable(),
        present.http().reachable(),
        present.grpc().reachable(),
        present.ops().reachable());
  }

  private List<Ready.Node> nodes() {
    return services.shape().members().stream()
        .flatMap(
            member ->
                services.faces(member).stream()
                    .map(faces -> new Ready.Node(member.name(), member.cell(), reachable(faces))))
        .toList();
  }

  private String publicUrl(Ready.Faces reachable) {
    String configured = config.sms().publicUrl();
    return configured.isEmpty() ? scheme() + reachable.http() : configured;
  }

  private String scheme() {
    return config.tls().certificateFile().isPresent() ? "https://" : "http://";
  }

  private void write(Ready ready) {
    try {
      PrivateFile.write(folder.readyFile(), ready.json());
    } catch (IOException unwritable) {
      throw new Failure(
          "can't write " + folder.readyFile() + ": " + unwritable.getMessage(), unwritable);
    }
  }

  @Override
  public void notReady() {
    if (!open) {
      return;
    }
    open = false;
    try {
      Files.deleteIfExists(folder.readyFile());
    } catch (IOException stillThere) {
      words.announcer().say("can't remove " + folder.readyFile() + ", which is no longer true");
    }
  }

  @Override
  public void glance() {
    long now = System.nanoTime();
    if (now - rotatedNanos > ROTATION_EVERY.toNanos()) {
      rotatedNanos = now;
      rotation.glance();
    }
  }

  /** Another node takes and shows the same. */
  private static String oneLine(Member other, Ready.Faces faces) {
    return "  as well %s: SMTP %s, HTTP %s, gRPC %s, operations %s"
        .formatted(other.name(), faces.smtp(), faces.http(), faces.grpc(), faces.ops());
  }

  private void welcome(Ready.Faces at) {
    Announcer announcer = words.announcer();
    Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
    announcer.say("Ready after " + Announcer.seconds(took) + ". Data: " + folder.root());
    announcer.say("  SMTP        " + at.smtp());
    announcer.say("  HTTP        " + scheme() + at.http());
    announcer.say("  gRPC        " + at.grpc());
    announcer.say("  operations  " + scheme() + at.ops() + "  (/healthz/ready, /metrics)");
    for (Member other : services.shape().members()) {
      if (!other.equals(services.shape().front())) {
        services.faces(other).ifPresent(faces -> announcer.say(oneLine(other, faces)));
      }
    }
    announcer.say("Users:");
    users.forEach(
        user -> announcer.say("  " + user.name() + "  " + user.email() + "  " + user.phone()));
    announcer.say("Try, in another terminal:");
    new FirstSteps(words.shell().launcher(), Installation.dataOption(folder))
        .lines(users, at)
        .forEach(line -> announcer.sayExactly("  " + line));
    announcer.say("Ctrl-C stops everything.");
  }
}
