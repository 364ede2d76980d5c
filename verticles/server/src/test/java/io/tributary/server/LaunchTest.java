package io.tributary.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void argumentsShouldBeReadInAnyOrder() {
    Launch expected = new Launch(Optional.of(Path.of("a.yaml")), true);

    assertThat(Launch.parse("--config", "a.yaml", "--child")).contains(expected);
    assertThat(Launch.parse("--child", "--config", "a.yaml")).contains(expected);
    assertThat(Launch.parse()).contains(new Launch(Optional.empty(), false));
  }

  @Test
  void otherArgumentsShouldBeRefused() {
    assertThat(Launch.parse("--config")).isEmpty();
    assertThat(Launch.parse("--config", "a", "--config", "b")).isEmpty();
    assertThat(Launch.parse("--help")).isEmpty();
  }
}
