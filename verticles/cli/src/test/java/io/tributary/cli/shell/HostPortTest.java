package io.tributary.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:2525", "localhost:0", "[::1]:9090", "mail.example.com:25"})
  void writtenFormShouldBeReadAsTheSame(String written) {
    assertThat(HostPort.parse(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "localhost:", ":25", "a:b", "a:99999", "::1:25", "a b:1"})
  void anythingElseShouldBeRefused(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(written));
  }

  @Test
  void addressThatMeansAllShouldBeReachedByTheLoopback() {
    assertThat(new HostPort("0.0.0.0", 1).reachable()).hasToString("127.0.0.1:1");
    assertThat(new HostPort("::", 1).reachable()).hasToString("[::1]:1");
    assertThat(new HostPort("10.0.0.1", 1).reachable()).hasToString("10.0.0.1:1");
  }
}
