package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.OpenData;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.ShellOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With children that are small shell scripts. */
class SupervisorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Says ready, waits for the end of its input, says so in a file of all. */
  private static final String WELL = "touch $NAME.ready; cat >/dev/null; echo $NAME >>stopped";

  @TempDir Path temporary;
  private final ShellOutput shell = new ShellOutput(Map.of());
  private final Counter counter = new Counter();
  private DataFolder folder = new DataFolder(Path.of(""));
  private OpenData open;

  @BeforeEach
  void makeFolder() {
    folder = new DataFolder(temporary.resolve("data"));
    open = OpenData.open(folder);
  }

  @AfterEach
  void freeFolder() throws IOException {
    open.close();
  }

  @Test
  void servicesShouldStartInOrderAndStopInTheOpposite() throws Exception {
    Supervisor supervisor = supervisor(service("a", WELL), service("b", WELL), service("c", WELL));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> counter.ready.get() > 0);

    assertThat(shell.out().lines())
        .extracting(line -> line.strip().split(" ")[0])
        .containsExactly("a", "b", "c");
    assertThat(pid("a")).isPresent();
    supervisor.requestStop();
    run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    assertThat(Files.readAllLines(folder.run().resolve("stopped"))).containsExactly("c", "b", "a");
    assertThat(folder.pidFile("a")).doesNotExist();
    assertThat(counter.notReady.get()).isPositive();
  }

  @Test
  void serviceThatDiesShouldBeStartedAgainAndTheOthersLeftAlone() throws Exception {
    Supervisor supervisor = supervisor(service("a", WELL), service("b", WELL));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> counter.ready.get() > 0);
    long a = pid("a").orElseThrow().pid();
    ProcessHandle b = pid("b").orElseThrow();

    b.destroyForcibly();
    Await.until(LIMIT, () -> pid("b").filter(it -> it.pid() != b.pid()).isPresent());
    int readyBefore = counter.ready.get();
    Await.until(LIMIT, () -> counter.ready.get() > readyBefore);

    assertThat(pid("a").orElseThrow().pid()).isEqualTo(a);
    assertThat(shell.out()).contains("b ended (exit code 137); starting it again");
    stop(supervisor, run);
  }

  @Test
  void serviceThatNeverComesUpShouldEndAllWithItsLastWordsAndItsLog() throws Exception {
    Supervisor supervisor =
        supervisor(
            service("a", WELL), service("b", "echo fine; echo 'the disk is full' >&2; exit 3"));

    CompletableFuture<Void> run = run(supervisor);

    assertThatThrownBy(() -> run.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(Failure.class)
        .hasMessageContaining("b ended (exit code 3) again and again")
        .hasMessageContaining("last words: the disk is full")
        .hasMessageContaining(folder.logFile("b").toString());
    assertThat(folder.pidFile("a")).doesNotExist();
    assertThat(Files.readAllLines(folder.run().resolve("stopped"))).containsExactly("a");
  }

  @Test
  void serviceThatDoesNotEndInTimeShouldBeKilled() throws Exception {
    String deaf = "touch $NAME.ready; trap '' TERM; exec sleep 600 </dev/null";
    Supervisor supervisor = supervisor(service("a", deaf));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> counter.ready.get() > 0);
    ProcessHandle child = pid("a").orElseThrow();

    stop(supervisor, run);

    assertThat(child.isAlive()).isFalse();
    assertThat(shell.out()).contains("a killed after");
  }

  @Test
  void serviceThatIsNotReadyInTimeShouldBeTriedAgainAndThenGivenUp() {
    Service.Bounds impatient = new Service.Bounds(Duration.ofMillis(200), Duration.ofSeconds(2));
    Supervisor supervisor = supervisor(service("a", "cat >/dev/null", impatient));

    assertThatThrownBy(() -> run(supervisor).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(Failure.class)
        .hasMessageContaining("a was not ready within 0.2 s again and again");
  }

  @Test
  void stopWhileStartingShouldNotWaitForTheStart() throws Exception {
    Supervisor supervisor = supervisor(service("a", "cat >/dev/null"), service("b", WELL));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> pid("a").isPresent());

    stop(supervisor, run);

    assertThat(folder.logFile("b")).doesNotExist();
  }

  @Test
  void servicesThatDoNotNeedEachOtherShouldStartAndStopTogether() throws Exception {
    Service.Bounds bounds = new Service.Bounds(LIMIT, LIMIT);
    String meets = "touch $NAME.here; until [ -e $OTHER.here ]; do sleep 0.05; done; " + WELL;
    Supervisor supervisor =
        supervisor(
            service("a", WELL),
            service("b", List.of("a"), meets.replace("$OTHER", "c"), bounds),
            service("c", List.of("a"), meets.replace("$OTHER", "b"), bounds));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> counter.ready.get() > 0);

    stop(supervisor, run);

    assertThat(Files.readAllLines(folder.run().resolve("stopped")))
        .hasSize(3)
        .last()
        .isEqualTo("a");
  }

  @Test
  void whatIsAwayShouldKeepOnlyThoseFromStartingThatNeedIt() throws Exception {
    Service.Bounds bounds = new Service.Bounds(LIMIT, Duration.ofSeconds(2));
    Supervisor supervisor =
        supervisor(
            service("a", WELL),
            service("b", List.of("a"), "cat >/dev/null", bounds),
            service("c", List.of("a"), WELL, bounds),
            service("d", List.of("b"), WELL, bounds),
            service("e", List.of("c"), WELL, bounds));
    CompletableFuture<Void> run = run(supervisor);
    Await.until(LIMIT, () -> shell.out().contains("e ready"));

    stop(supervisor, run);

    assertThat(folder.logFile("d")).doesNotExist();
    assertThat(counter.ready.get()).isZero();
  }

  @Test
  void programThatIsMissingShouldBeNamed() {
    Service missing =
        new Service(
            "a",
            List.of(),
            new Service.Bounds(LIMIT, LIMIT),
            () -> new ProcessBuilder("/nowhere/java"),
            () -> false);

    assertThatThrownBy(() -> run(supervisor(missing)).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("a can't be started")
        .hasMessageContaining("/nowhere/java");
  }

  private Supervisor supervisor(Service... services) {
    List<Service> each = List.of(services);
    String front = each.get(each.size() - 1).name();
    return new Supervisor(each, front, folder, new Announcer(shell.shell()), counter);
  }

  private Service service(String name, String script) {
    return service(name, script, new Service.Bounds(LIMIT, Duration.ofSeconds(2)));
  }

  private Service service(String name, String script, Service.Bounds bounds) {
    List<String> before = "a".equals(name) ? List.of() : List.of(letterBefore(name));
    return service(name, before, script, bounds);
  }

  private static String letterBefore(String letter) {
    return String.valueOf((char) (letter.charAt(0) - 1));
  }

  private Service service(String name, List<String> needs, String script, Service.Bounds bounds) {
    Path ready = folder.run().resolve(name + ".ready");
    return new Service(
        name,
        needs,
        bounds,
        () -> {
          Files.deleteIfExists(ready);
          ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
          builder.environment().put("NAME", name);
          return builder.directory(folder.run().toFile());
        },
        () -> Files.exists(ready));
  }

  private static CompletableFuture<Void> run(Supervisor supervisor) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            supervisor.run();
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  private static void stop(Supervisor supervisor, CompletableFuture<Void> run) throws Exception {
    supervisor.requestStop();
    run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private java.util.Optional<ProcessHandle> pid(String name) throws IOException {
    Path file = folder.pidFile(name);
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.isEmpty() ? java.util.Optional.empty() : ProcessHandle.of(Long.parseLong(text));
  }

  /** Counts what the supervisor tells. */
  private static final class Counter implements Supervisor.Watch {
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger notReady = new AtomicInteger();

    @Override
    public void allReady() {
      ready.incrementAndGet();
    }

    @Override
    public void notReady() {
      notReady.incrementAndGet();
    }

    @Override
    public void glance() {}
  }
}
