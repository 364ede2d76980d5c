package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.shell.Failure;
import io.tributary.config.ConfigLoader;
import io.tributary.config.TributaryConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void takenPortShouldBeNamedWithItsKeyAndTheWayOut() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> Ports.check(config(Map.of("grpc.port", port))))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("grpc.port", port, "TRIBUTARY_GRPC_PORT", "0: any free one");
    }
  }

  @Test
  void addressOfAnotherMachineShouldBeRefused() {
    assertThatThrownBy(() -> Ports.check(config(Map.of("ops.host", "192.0.2.1"))))
        .hasMessageContainingAll("ops.port", "192.0.2.1");
    assertThatThrownBy(() -> Ports.check(config(Map.of("http.host", "no-such-host.invalid"))))
        .hasMessageContainingAll("http.host", "no-such-host.invalid");
  }

  @Test
  void freePortsShouldBeFine() {
    assertThatCode(() -> Ports.check(config(Map.of()))).doesNotThrowAnyException();
  }

  private static TributaryConfig config(Map<String, String> overrides) {
    Map<String, String> free =
        Map.of(
            "TRIBUTARY_SMTP_PORT", "0",
            "TRIBUTARY_HTTP_PORT", "0",
            "TRIBUTARY_GRPC_PORT", "0",
            "TRIBUTARY_OPS_PORT", "0");
    return ConfigLoader.load(Optional.empty(), free, overrides);
  }
}
