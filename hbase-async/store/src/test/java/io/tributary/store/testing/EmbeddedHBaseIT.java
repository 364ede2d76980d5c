package io.tributary.store.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The child process and its life. */
class EmbeddedHBaseIT {

  @Test
  void shouldEndCleanlyWhenItsParentIsGoneAndStartAgain(@TempDir Path folder) {
    try (ZooKeeperFixture zookeeper = ZooKeeperFixture.start(folder.resolve("zookeeper"));
        HBaseProcess hbase = new HBaseProcess(folder.resolve("hbase"), zookeeper.connectString())) {
      hbase.start();
      assertThat(hbase.stop()).isZero();
      hbase.start();
      hbase.kill();
      hbase.start();
    }
  }
}
