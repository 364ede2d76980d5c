package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import io.tributary.config.ConfigLoader;
import io.tributary.config.FoundingCellConfig;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {
  @TempDir Path temporary;

  @Test
  void nodesOfACellShouldDifferInNameAndPortsAlone() throws Exception {
    TributaryConfig first = config(Map.of("smtp.port", "2526", "hbase.namespace", "west"));
    List<TributaryConfig> written = written(first, Shape.of("c1", 1, 3));

    assertThat(written.get(0).smtp()).isEqualTo(first.smtp());
    for (int number = 1; number <= 3; number++) {
      TributaryConfig node = written.get(number - 1);
      assertThat(node.node().id()).isEqualTo("n" + number);
      assertThat(node.node().cell()).isEqualTo("c1");
      assertThat(node.hbase()).isEqualTo(first.hbase());
      assertThat(node.directory()).isEqualTo(first.directory());
      assertThat(node.smtp().port()).isEqualTo(number == 1 ? 2526 : 0);
    }
    assertThat(written).extracting(node -> node.node().facesFile()).doesNotHaveDuplicates();
  }

  @Test
  void cellsShouldHaveAnHBaseEachAndTheDirectoryItsOwn() throws Exception {
    List<TributaryConfig> written = written(config(Map.of()), Shape.of("c1", 2, 2));

    assertThat(written)
        .extracting(node -> node.node().id())
        .containsExactly("c1-n1", "c1-n2", "c2-n1", "c2-n2");
    assertThat(written)
        .extracting(node -> node.hbase().znodeParent() + " " + node.hbase().namespace())
        .containsExactly("/hbase-c1 c1", "/hbase-c1 c1", "/hbase-c2 c2", "/hbase-c2 c2");
    for (TributaryConfig node : written) {
      assertThat(node.directory().znodeParent()).isEqualTo("/hbase-directory");
      assertThat(node.directory().isApart()).isTrue();
      assertThat(node.cells().founding())
          .extracting(FoundingCellConfig::name)
          .containsExactly("c1", "c2");
    }
  }

  @Test
  void aNameWithoutANumberShouldGetOne() throws Exception {
    Map<String, String> named = Map.of("node.id", "mail", "node.cell", "east");
    List<TributaryConfig> written = written(config(named), Shape.of("east", 2, 2));

    assertThat(written)
        .extracting(node -> node.node().id())
        .containsExactly("east-mail", "east-mail-2", "east-2-mail", "east-2-mail-2");
    assertThat(written.get(3).hbase().namespace()).isEqualTo("east_2");
  }

  private List<TributaryConfig> written(TributaryConfig first, Shape shape) throws IOException {
    DataFolder folder = new DataFolder(temporary);
    Files.createDirectories(folder.run());
    NodeFiles files = new NodeFiles(folder, first, shape);
    List<TributaryConfig> written = new ArrayList<>();
    for (Shape.Member member : shape.members()) {
      files.write(member, Optional.empty());
      written.add(ConfigLoader.load(Optional.of(member.config(folder)), Map.of()));
    }
    return written;
  }

  private static TributaryConfig config(Map<String, String> values) {
    return ConfigLoader.load(Optional.empty(), Map.of(), values);
  }
}
