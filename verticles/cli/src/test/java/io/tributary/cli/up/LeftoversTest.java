package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.shell.ShellOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path temporary;
  private final ShellOutput shell = new ShellOutput(Map.of());
  private DataFolder folder = new DataFolder(Path.of(""));

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new DataFolder(temporary);
    Files.createDirectory(folder.run());
  }

  @Test
  void childThatIsStillEndingShouldBeWaitedFor() throws Exception {
    Process child = new ProcessBuilder("sh", "-c", "cat", folder.root() + "/hbase").start();
    Files.writeString(folder.pidFile("hbase"), child.pid() + "\n");
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::awaitEnd);
    Await.until(java.time.Duration.ofSeconds(10), () -> shell.out().contains("earlier hbase"));
    assertThat(waiting).isNotDone();

    child.getOutputStream().close();

    waiting.get(10, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void strangerWithAUsedAgainNumberShouldBeLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sh", "-c", "cat", "/elsewhere/hbase").start();
    try {
      Files.writeString(folder.pidFile("hbase"), stranger.pid() + "\n");

      awaitEnd();

      assertThat(stranger.isAlive()).isTrue();
      assertThat(shell.out()).isEmpty();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void filesThatNameNoProcessShouldBePassedOver() throws IOException {
    Files.writeString(folder.pidFile("hbase"), "");
    Files.writeString(folder.pidFile("zookeeper"), "99999999999\n");

    awaitEnd();

    assertThat(shell.out()).isEmpty();
  }

  private void awaitEnd() {
    new Leftovers(folder, new Announcer(shell.shell())).awaitEnd();
  }
}
