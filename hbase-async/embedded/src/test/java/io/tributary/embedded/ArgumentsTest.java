package io.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void shouldReadEveryFlagInAnyOrder() {
    Arguments read =
        Arguments.parse(
            "--directory",
            "--namespace",
            "east,west",
            "--free-mib",
            "1",
            "--wait-seconds",
            "3",
            "--znode",
            "/hbase-east",
            "--zookeeper",
            "127.0.0.1:2181,127.0.0.1:2182",
            "--ready-file",
            "/tmp/ready",
            "--data",
            "/tmp/data");

    assertThat(read.data()).isEqualTo(Path.of("/tmp/data"));
    assertThat(read.zookeeper()).isEqualTo("127.0.0.1:2181,127.0.0.1:2182");
    assertThat(read.znode()).isEqualTo("/hbase-east");
    assertThat(read.cells()).containsExactly("east", "west");
    assertThat(read.directory()).isTrue();
    assertThat(read.readyFile()).contains(Path.of("/tmp/ready"));
    assertThat(read.limits()).isEqualTo(new Arguments.Limits(Duration.ofSeconds(3), 1));
  }

  @Test
  void shouldNotNeedACellWhenTheDirectoryIsHere() {
    Arguments read = Arguments.parse("--data", "d", "--zookeeper", "h:1", "--directory");

    assertThat(read.cells()).isEmpty();
    assertThat(read.znode()).isEqualTo("/hbase");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --zookeeper h:1 --namespace c              | --data is needed
          --data d --namespace c                     | --zookeeper is needed
          --data d --zookeeper h:1                   | --namespace or --directory is needed
          --data                                     | --data needs a value
          --data --zookeeper                         | --data needs a value
          --data d --zookeeper h:1/chroot            | --zookeeper 'h:1/chroot' is refused
          --data d --zookeeper h                     | --zookeeper 'h' is refused
          --data d --zookeeper h:1 --znode /a/b      | --znode '/a/b' is refused
          --data d --zookeeper h:1 --namespace a-b   | --namespace 'a-b' is refused
          --data d --zookeeper h:1 --namespace a,    | --namespace '' is refused
          --data d --zookeeper h:1 --namespace hbase | --namespace 'hbase' is refused
          --data d --wait-seconds soon               | --wait-seconds 'soon' is refused
          --date d                                   | unknown argument --date
          """)
  void shouldNameTheArgumentThatIsWrong(String line, String message) {
    assertThatThrownBy(() -> Arguments.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
