package io.tributary.discovery.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedZooKeeperMainIT {
  @TempDir Path folder;

  @Test
  void whatWasWrittenShouldSurviveAKillAndARestart() throws Exception {
    try (ZooKeeperChild first = ZooKeeperChild.start(folder);
        CuratorFramework client = client(first.awaitReady())) {
      for (int i = 0; i < 50; i++) {
        client.create().creatingParentsIfNeeded().forPath("/kept/" + i, bytes("value " + i));
      }
      first.signal("KILL");
      assertThat(first.awaitExit()).isNotZero();
    }
    try (ZooKeeperChild second = ZooKeeperChild.start(folder);
        CuratorFramework client = client(second.awaitReady())) {
      assertThat(client.getChildren().forPath("/kept")).hasSize(50);
      assertThat(client.getData().forPath("/kept/49")).isEqualTo(bytes("value 49"));
    }
  }

  @Test
  void shortSessionsShouldBeAllowedAndLongOnesToo() throws Exception {
    try (ZooKeeperChild child = ZooKeeperChild.start(folder)) {
      String connect = child.awaitReady();
      for (int millis : new int[] {2_000, 90_000}) {
        try (CuratorFramework client = client(connect, millis)) {
          assertThat(client.blockUntilConnected(10, TimeUnit.SECONDS)).isTrue();
          assertThat(client.getZookeeperClient().getZooKeeper().getSessionTimeout())
              .isEqualTo(millis);
        }
      }
    }
  }

  @Test
  void theEndOfStandardInputShouldEndIt() throws Exception {
    try (ZooKeeperChild child = ZooKeeperChild.start(folder)) {
      child.awaitReady();
      child.standardInput().close();
      assertThat(child.awaitExit()).isZero();
    }
  }

  @Test
  void sigtermShouldEndItAndSigintShouldNot() throws Exception {
    try (ZooKeeperChild child = ZooKeeperChild.start(folder)) {
      String connect = child.awaitReady();
      child.signal("INT");
      try (CuratorFramework client = client(connect)) {
        assertThat(client.checkExists().forPath("/zookeeper")).isNotNull();
      }
      assertThat(child.runs()).isTrue();
      child.signal("TERM");
      assertThat(child.awaitExit()).isZero();
    }
  }

  @Test
  void aTakenPortShouldBeNamedInOneLine() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(holder.getLocalPort());
      refuses(1, "port 127.0.0.1:" + port + " is taken", folder, "--port", port);
    }
  }

  @Test
  void aFolderInUseShouldBeNamedInOneLine() throws Exception {
    try (ZooKeeperChild first = ZooKeeperChild.start(folder)) {
      first.awaitReady();
      refuses(1, "is in use by another ZooKeeper", folder);
      assertThat(first.runs()).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenShouldBeNamedInOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    refuses(1, "can't be written", file);
    refuses(1, "can't be written", file.resolve("below"));
  }

  @Test
  void aFullDiskShouldBeNamedInOneLine() throws Exception {
    refuses(1, "is full", folder, "--free-mib", "2147483647");
  }

  @Test
  void damagedStateShouldBeNamedInOneLine() throws Exception {
    Path state = Files.createDirectories(folder.resolve("state/version-2"));
    Files.writeString(state.resolve("snapshot.5"), "rubbish");
    Files.writeString(state.resolve("log.6"), "rubbish");
    refuses(1, "can't use its state", folder);
  }

  @Test
  void wrongArgumentsShouldShowTheUsage() throws Exception {
    refuses(2, "usage: ", folder, "--port", "70000");
    refuses(2, "usage: ", folder, "--prot", "1");
  }

  private static void refuses(int code, String reason, Path folder, String... more)
      throws Exception {
    try (ZooKeeperChild child = ZooKeeperChild.start(folder, more)) {
      assertThat(child.awaitExit()).isEqualTo(code);
      assertThat(child.errors().lines().toList()).singleElement().asString().contains(reason);
      assertThat(child.isReady()).isFalse();
    }
  }

  private static CuratorFramework client(String connect) {
    return client(connect, 10_000);
  }

  private static CuratorFramework client(String connect, int sessionMillis) {
    CuratorFramework client =
        CuratorFrameworkFactory.newClient(connect, sessionMillis, 5_000, new RetryOneTime(100));
    client.start();
    return client;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
