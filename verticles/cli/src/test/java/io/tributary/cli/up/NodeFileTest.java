package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.Ready;
import io.tributary.config.ConfigLoader;
import io.tributary.config.TributaryConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {
  private static final Ready.Faces FACES =
      Ready.Faces.parse(
          """
          {"smtp":"127.0.0.1:1","http":"127.0.0.1:2","grpc":"127.0.0.1:3","ops":"127.0.0.1:4"}
          """);

  @TempDir Path folder;

  @Test
  void nodeThatIsStartedAgainShouldListenWhereItDid() throws Exception {
    TributaryConfig config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("smtp.port", "0", "grpc.port", "0"));
    NodeFile file = new NodeFile(path(), config);

    file.write(Optional.empty());
    assertThat(read()).isEqualTo(config);
    file.write(Optional.of(FACES));
    assertThat(read().smtp().port()).isEqualTo(1);
    file.write(Optional.empty());
    assertThat(read().grpc().port()).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void nodeThatEndedInOrderAndToldNothingShouldListenWhereItDid() throws Exception {
    TributaryConfig config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("smtp.port", "0", "grpc.port", "0"));
    NodeFile file = new NodeFile(path(), config);

    file.write(Optional.empty());
    file.listens(FACES);
    file.write(Optional.empty());

    assertThat(read().smtp().port()).isEqualTo(1);
    assertThat(read().grpc().port()).isEqualTo(3);
  }

  private TributaryConfig read() {
    return ConfigLoader.load(Optional.of(path()), Map.of());
  }

  private Path path() {
    return folder.resolve("node-1.yaml");
  }
}
