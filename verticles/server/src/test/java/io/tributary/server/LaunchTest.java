package io.tributary.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void argumentsShouldBeReadInAnyOrder() {
    Launch expected = new Launch(Optional.of(Path.of("a.yaml")), Map.of(), true);

    assertThat(Launch.parse("--config", "a.yaml", "--child")).contains(expected);
    assertThat(Launch.parse("--child", "--config", "a.yaml")).contains(expected);
    assertThat(Launch.parse()).contains(new Launch(Optional.empty(), Map.of(), false));
  }

  @Test
  void whoItIsShouldCountMoreThanItsFile() {
    Map<String, String> settings =
        Map.of("node.cell", "c2", "node.id", "n7", "node.roles", "smtp,api");

    assertThat(Launch.parse("--roles", "smtp,api", "--id", "n7", "--cell", "c2"))
        .contains(new Launch(Optional.empty(), settings, false));
  }

  @Test
  void otherArgumentsShouldBeRefused() {
    assertThat(Launch.parse("--config")).isEmpty();
    assertThat(Launch.parse("--config", "a", "--config", "b")).isEmpty();
    assertThat(Launch.parse("--help")).isEmpty();
    assertThat(Launch.parse("--cell")).isEmpty();
    assertThat(Launch.parse("--cell", "a", "--cell", "b")).isEmpty();
  }
}
