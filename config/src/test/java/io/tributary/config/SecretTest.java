package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path folder;

  @Test
  void shouldNeverPrintItsValue() {
    assertThat(Secret.of("trb_hush")).hasToString("[secret]");
    assertThat(String.valueOf(java.util.List.of(Secret.of("trb_hush")))).doesNotContain("hush");
  }

  @Test
  void shouldBeReadWithoutTheNewline() throws IOException {
    Path file = Files.writeString(folder.resolve("s"), "trb_hush\n");

    assertThat(Secret.read("k", file)).isEqualTo(Secret.of("trb_hush"));
    assertThat(Secret.read("k", file).reveal()).isEqualTo("trb_hush");
    assertThat(Secret.read("k", file)).isNotEqualTo(Secret.of("other"));
  }

  @Test
  void shouldRefuseFilesThatHoldNone() throws IOException {
    assertRefused(folder.resolve("missing"));
    assertRefused(folder);
    assertRefused(Files.writeString(folder.resolve("blank"), " \n"));
    assertRefused(Files.writeString(folder.resolve("long"), "x".repeat(5_000)));
    assertRefused(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff}));
  }

  private static void assertRefused(Path file) {
    assertThatThrownBy(() -> Secret.read("directory.operatorTokenFile", file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("directory.operatorTokenFile");
  }
}
