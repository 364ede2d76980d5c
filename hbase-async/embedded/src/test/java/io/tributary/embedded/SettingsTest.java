package io.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final long MIB = 1L << 20;

  @Test
  void shouldRefuseAHeapThatTheLogsCouldFill() {
    // 2 regions of 32 MiB and one of 8 MiB, three times, within 0.4 of the heap
    assertThatCode(() -> Settings.checkMemory(1, 541 * MIB)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Settings.checkMemory(1, 540 * MIB)).hasMessageContaining("-Xmx541m");
    assertThatThrownBy(() -> Settings.checkMemory(2, 1024 * MIB))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("heap of 1024 MiB is too small for the logs of 2 cells")
        .hasMessageContaining("-Xmx1081m");
  }

  @Test
  void shippedHeapShouldSufficeForOneCell() throws IOException {
    assertThat(Files.readAllLines(Path.of("src/main/lib/jvm.options"))).contains("-Xmx1g");
    assertThatCode(() -> Settings.checkMemory(1, 1024 * MIB)).doesNotThrowAnyException();
  }
}
