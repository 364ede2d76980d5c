package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.loadtests.api.UnusableTargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTableTest {
  @TempDir Path folder;

  @Test
  void theNodesConfigurationShouldSayWhereItIs() throws IOException {
    Path node =
        written("hbase:\n  zookeeper: '127.0.0.1:123'\n  znodeParent: '/h'\n  namespace: 'c7'\n");

    assertThat(LogTable.of(node, Map.of()))
        .isEqualTo(new LogTable("127.0.0.1:123", "/h", "c7:log"));
    assertThat(LogTable.of(node, Map.of("table", "c8:log")).name()).isEqualTo("c8:log");
  }

  @Test
  void withoutItAllMustBeGiven() {
    Path absent = folder.resolve("node-1.yaml");

    assertThat(LogTable.of(absent, Map.of("zookeeper", "z:1", "znode", "/h", "table", "c1:log")))
        .isEqualTo(new LogTable("z:1", "/h", "c1:log"));
    assertThatThrownBy(() -> LogTable.of(absent, Map.of("znode", "/h")))
        .isInstanceOf(UnusableTargetException.class)
        .hasMessageContaining("--zookeeper");
  }

  @Test
  void whatIsNoConfigurationShouldBeRefused() throws IOException {
    assertThatThrownBy(() -> LogTable.of(written("hbase: [1, 2"), Map.of()))
        .isInstanceOf(UnusableTargetException.class);
    assertThatThrownBy(() -> LogTable.of(written("hbase: 7"), Map.of()))
        .isInstanceOf(UnusableTargetException.class);
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("node-1.yaml"), yaml);
  }
}
