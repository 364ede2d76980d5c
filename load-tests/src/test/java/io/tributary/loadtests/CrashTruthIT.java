package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Mailboxes;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Audit;
import io.tributary.loadtests.audit.Ledger;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.traffic.ChatListener;
import io.tributary.loadtests.traffic.ChatOutlet;
import io.tributary.loadtests.traffic.MailOutlet;
import io.tributary.loadtests.traffic.Outlet;
import io.tributary.loadtests.traffic.Senders;
import io.tributary.loadtests.traffic.SmsOutlet;
import io.tributary.loadtests.traffic.Texts;
import io.tributary.loadtests.wire.ClientLoop;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node, HBase and at last the whole installation die by SIGKILL under mail, text messages and
 * chat at once: nothing acknowledged is lost, nothing is there twice, and what was sent lies in the
 * sender's mailbox and in the receiver's. Sockets that go on where they were hear of it once.
 */
class CrashTruthIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);
  private static final List<String> PROCESSES = List.of("node-1", "hbase", "zookeeper");
  private static final int SENDERS = 3;
  private static final int PROGRESS = 50;

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();
  private final Marker marker = new Marker("drill");
  private final Texts texts = new Texts(marker);
  private final LiveBook live = new LiveBook();

  @Test
  void everyAcknowledgedMessageShouldBeFoundExactlyOnceAfterProcessesWereKilled() throws Exception {
    try (Installation installation = Installation.start(PROJECT, folder.resolve("data"));
        ClientLoop loop = ClientLoop.open()) {
      Target target = installation.target();
      listen(loop, target);
      try (Senders mail = new Senders(mail(target), ledger);
          Senders sms = new Senders(sms(loop, target), ledger);
          Senders chat = new Senders(chat(loop, target), ledger)) {
        List<Senders> all = List.of(mail, sms, chat);
        awaitProgress(all);
        installation.kill("node-1");
        awaitProgress(all);
        installation.kill("hbase");
        awaitProgress(all);
        installation.killSupervisor(PROCESSES);
        installation.restart();
        awaitProgress(all);
        finish(all);

        Await.until(RECOVERY_MAX, live::isComplete);
        Audit audit = audit(installation, target);

        assertThat(audit.faults()).isEmpty();
        assertThat(audit.copies())
            .isEqualTo(mail.acknowledged() + sms.acknowledged() + 2 * chat.acknowledged());
        assertThat(live.faults()).as("what came over sockets that resumed").isEmpty();
        assertThat(live.gaps()).isZero();
      }
    }
  }

  /** One more device of each user, which hears everything and resumes where it was. */
  private void listen(ClientLoop loop, Target target) {
    for (LoadUser user : target.users()) {
      ChatListener listener =
          new ChatListener(loop, target.faces()::http, user, marker, live, lost -> {});
      listener.connect();
    }
    Await.until(RECOVERY_MAX, () -> live.listeners() == target.users().size());
  }

  private static List<Outlet> mail(Target target) {
    List<String> recipients = target.users().stream().map(LoadUser::email).toList();
    return outlets(number -> MailOutlet.wild(target.faces()::smtp, recipients, number));
  }

  private List<Outlet> sms(ClientLoop loop, Target target) {
    return outlets(
        number -> new SmsOutlet(loop, target.faces()::http, target, target.users(), texts));
  }

  /** Some write to the other, some back. */
  private List<Outlet> chat(ClientLoop loop, Target target) {
    return outlets(
        number -> {
          LoadUser from = target.users().get(number % 2);
          LoadUser to = target.users().get((number + 1) % 2);
          ChatOutlet.Ends ends = new ChatOutlet.Ends(from, to, "drill-" + number);
          return new ChatOutlet(loop, target.faces()::http, ends, texts, live);
        });
  }

  /** One sender. */
  private interface Maker {
    Outlet make(int number);
  }

  private static List<Outlet> outlets(Maker maker) {
    return IntStream.range(0, SENDERS).mapToObj(maker::make).toList();
  }

  private static void awaitProgress(List<Senders> all) {
    List<Integer> targets = all.stream().map(one -> one.acknowledged() + PROGRESS).toList();
    Await.until(
        RECOVERY_MAX,
        () ->
            IntStream.range(0, all.size())
                .allMatch(i -> all.get(i).acknowledged() >= targets.get(i)));
  }

  private static void finish(List<Senders> all) {
    all.forEach(Senders::finish);
    Await.until(RECOVERY_MAX, () -> all.stream().allMatch(Senders::finished));
    assertThat(all)
        .allSatisfy(
            senders -> {
              assertThat(senders.refusal()).as("a permanent error during an outage").isEmpty();
              assertThat(senders.retries()).as("the kills were felt").isPositive();
            });
  }

  /** Mail is compared byte for byte, the others by their text. */
  private Audit audit(Installation installation, Target target) throws Exception {
    try (Api api = new Api(target.faces().grpc(), target.operatorToken())) {
      target.users().forEach(user -> awaitNothingOwed(api, user));
      Map<String, Path> exports = export(installation, target.users());
      return Audit.of(
          ledger,
          Stream.concat(
              Exports.sightings(exports), new Mailboxes(api).sightings(marker, target.users())));
    }
  }

  private static void awaitNothingOwed(Api api, LoadUser user) {
    GetMailboxRequest request = GetMailboxRequest.newBuilder().setUser(user.name()).build();
    Await.until(
        RECOVERY_MAX, () -> api.call(MailboxServiceGrpcClient.GetMailbox, request).getOwed() == 0);
  }

  private Map<String, Path> export(Installation installation, List<LoadUser> users)
      throws Exception {
    Map<String, Path> exports = new LinkedHashMap<>();
    for (LoadUser user : users) {
      Path box = folder.resolve("export-" + user.name());
      installation.run("message", "raw", user.name(), "--all", "--out", box.toString());
      exports.put(user.email(), box);
    }
    return exports;
  }
}
