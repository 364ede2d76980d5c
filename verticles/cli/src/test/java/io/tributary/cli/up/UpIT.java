package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real thing: launcher, supervisor, ZooKeeper, HBase, node. */
class UpIT {
  private static final Duration READY_MAX = Duration.ofSeconds(180);
  private static final Duration ORPHANS_MAX = Duration.ofSeconds(20);
  private static final Duration STOP_MAX = Duration.ofSeconds(40);
  private static final List<String> CHILDREN = List.of("zookeeper", "hbase", "node-1");

  @TempDir Path temporary;
  private Path output = Path.of("");
  private int starts;
  private DataFolder folder = new DataFolder(Path.of(""));
  private @Nullable Process up;

  @BeforeEach
  void name() {
    folder = new DataFolder(temporary.resolve("data"));
  }

  @AfterEach
  void killWhatIsLeft() throws Exception {
    Process left = up;
    if (left != null && left.isAlive()) {
      List<ProcessHandle> children = left.children().toList();
      left.destroyForcibly();
      Await.until(ORPHANS_MAX, () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void mailShouldSurviveAndNothingShouldBeLeftBehind() throws Exception {
    Launcher launcher = new Launcher(temporary);
    start(launcher);
    Ready first = ready();
    checkReadyFile(first);
    byte[] raw = sendAndReadBack(launcher);
    sendSms(launcher);
    refuseSecond(launcher);
    nodeComesBackWhereItWas(first);

    killWithoutOrphans();
    assertThat(launcher.run("message", "list", "alice").err())
        .contains("nothing listens on", "up`");

    start(launcher);
    assertThat(ready().users()).isEqualTo(first.users());
    assertThat(ready().operatorToken()).isEqualTo(first.operatorToken());
    assertThat(readBack(launcher)).isEqualTo(raw);
    sendSms(launcher);
    stopInOrder();
    assertThat(launcher.run("message", "list", "alice").err()).contains("isn't running on");
  }

  private void start(Launcher launcher) throws Exception {
    output = temporary.resolve("up-" + ++starts + ".log");
    Process started = launcher.start(output, "up");
    up = started;
    Await.until(READY_MAX, () -> said("Ctrl-C stops everything.") || !started.isAlive());
    assertThat(started.isAlive()).as(Files.readString(output)).isTrue();
  }

  private boolean said(String line) throws IOException {
    return Files.readString(output).contains(line);
  }

  private Ready ready() throws IOException {
    return Ready.read(folder.readyFile()).orElseThrow();
  }

  private void checkReadyFile(Ready ready) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.readyFile())))
        .isEqualTo("rw-------");
    assertThat(ready.operatorToken()).matches("trb_[A-Za-z0-9_-]{43}");
    assertThat(ready.sms().account()).isEqualTo("ACdemo");
    assertThat(ready.sms().authToken()).matches("[0-9a-f]{32}");
    assertThat(ready.publicUrl()).isEqualTo("http://" + ready.faces().http());
    assertThat(ready.users())
        .extracting(user -> user.name() + " " + user.email() + " " + user.phone())
        .containsExactly(
            "alice alice@example.com +12025550101", "bob bob@example.com +12025550102");
    assertThat(ready.users()).allMatch(user -> user.token().matches("trb_[A-Za-z0-9_-]{43}"));
    assertThat(Files.readString(output))
        .contains(
            "SMTP        " + ready.faces().smtp(),
            "mail send --to alice@example.com",
            "sms send --to +12025550101",
            "message send --from bob --to alice",
            "chat alice");
  }

  private byte[] sendAndReadBack(Launcher launcher) throws Exception {
    String mail = "Subject: real\r\nMessage-ID: <1@x.example>\r\n\r\n.dot\r\nÜ\r\n";
    byte[] raw = mail.getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(temporary.resolve("raw.eml"), raw);

    Launcher.Result sent =
        launcher.run("mail", "send", "--to", "alice@example.com", "--file", file.toString());

    assertThat(sent.code()).as(sent.err()).isZero();
    assertThat(sent.out()).contains("accepted by", "250 ");
    assertThat(readBack(launcher)).isEqualTo(raw);
    Launcher.Result again =
        launcher.run("mail", "send", "--to", "alice@example.com", "--file", file.toString());
    assertThat(again.code()).isZero();
    assertThat(readBack(launcher)).as("a second copy").isEqualTo(raw);
    assertThat(launcher.run("mail", "send", "--to", "nobody@example.com", "--text", "x").err())
        .contains("nothing was sent", "550 5.1.1");
    return raw;
  }

  /** To bob, by a provider's webhook; whenever it is repeated it is the same one. */
  private static void sendSms(Launcher launcher) throws Exception {
    Launcher.Result sent =
        launcher.run("sms", "send", "--to", "+12025550102", "--text", "hi", "--id", "SM1");
    assertThat(sent.code()).as(sent.err()).isZero();
    assertThat(sent.out()).isEqualTo("taken as SM1\n");
    Launcher.Result list = launcher.run("message", "list", "bob", "--json");
    assertThat(list.out().lines()).hasSize(1);
    JsonObject message = new JsonObject(list.out());
    assertThat(message.getString("channel")).isEqualTo("SMS");
    assertThat(message.getString("text")).isEqualTo("hi");
    assertThat(message.getBoolean("verified")).isTrue();
  }

  /** The one message that is in alice's mailbox. */
  private byte[] readBack(Launcher launcher) throws Exception {
    Launcher.Result list = launcher.run("message", "list", "alice", "--json");
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out().lines()).hasSize(1);
    JsonObject message = new JsonObject(list.out());
    assertThat(message.getString("subject")).isEqualTo("real");
    assertThat(message.getString("channel")).isEqualTo("EMAIL");
    Path out = temporary.resolve("out.eml");
    Launcher.Result raw =
        launcher.run("message", "raw", "alice", message.getString("id"), "--out", out.toString());
    assertThat(raw.code()).as(raw.err()).isZero();
    return Files.readAllBytes(out);
  }

  private void refuseSecond(Launcher launcher) throws Exception {
    Launcher.Result second = launcher.run("up");

    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("already runs on", Long.toString(running().pid()));
    assertThat(second.err().lines()).hasSize(1);
    assertThat(folder.readyFile()).exists();
  }

  private void nodeComesBackWhereItWas(Ready before) throws Exception {
    long node = pid("node-1");
    ProcessHandle.of(node).orElseThrow().destroyForcibly();
    Await.until(READY_MAX, () -> Files.exists(folder.pidFile("node-1")) && pid("node-1") != node);
    Await.until(READY_MAX, () -> Files.exists(folder.readyFile()));
    assertThat(ready()).isEqualTo(before);
    assertThat(Files.readString(output)).contains("node-1 ended (exit code 137)", "Ready again.");
  }

  private void killWithoutOrphans() throws Exception {
    List<ProcessHandle> children = running().children().toList();
    assertThat(children).hasSize(CHILDREN.size());
    running().destroyForcibly();
    Await.until(ORPHANS_MAX, () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void stopInOrder() throws Exception {
    List<ProcessHandle> children = running().children().toList();
    Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(running().pid())).start();
    assertThat(interrupt.waitFor(5, TimeUnit.SECONDS)).isTrue();

    assertThat(running().waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(running().exitValue()).isZero();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(folder.readyFile()).doesNotExist();
    assertThat(CHILDREN).allSatisfy(name -> assertThat(folder.pidFile(name)).doesNotExist());
    assertThat(Files.readString(output))
        .containsSubsequence("node-1 stopped", "hbase stopped", "zookeeper stopped");
  }

  private Process running() {
    return java.util.Objects.requireNonNull(up);
  }

  private long pid(String process) throws IOException {
    String text = Files.readString(folder.pidFile(process)).strip();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
