package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import io.tributary.config.ConfigLoader;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {
  @TempDir Path temporary;

  @Test
  void nodesShouldDifferInNameAndPortsAlone() throws Exception {
    TributaryConfig first = config(Map.of("smtp.port", "2526", "hbase.namespace", "west"));
    NodeFiles files = files(first, 3);

    for (int number = 1; number <= 3; number++) {
      files.write(number, Optional.empty());
    }

    assertThat(read(files, 1)).isEqualTo(first);
    for (int number = 2; number <= 3; number++) {
      TributaryConfig other = read(files, number);
      assertThat(other.node().id()).isEqualTo("n" + number);
      assertThat(other.smtp().port()).isZero();
      assertThat(other.hbase()).isEqualTo(first.hbase());
      assertThat(other.node().facesFile()).isNotEqualTo(first.node().facesFile());
    }
  }

  @Test
  void aNameWithoutANumberShouldGetOne() throws Exception {
    NodeFiles files = files(config(Map.of("node.id", "mail")), 2);
    files.write(2, Optional.empty());

    assertThat(read(files, 2).node().id()).isEqualTo("mail-2");
  }

  private NodeFiles files(TributaryConfig first, int count) throws IOException {
    DataFolder folder = new DataFolder(temporary);
    Files.createDirectories(folder.run());
    return new NodeFiles(folder, first, count);
  }

  private static TributaryConfig config(Map<String, String> values) {
    return ConfigLoader.load(Optional.empty(), Map.of(), values);
  }

  private static TributaryConfig read(NodeFiles files, int number) {
    return ConfigLoader.load(Optional.of(files.file(number)), Map.of());
  }
}
