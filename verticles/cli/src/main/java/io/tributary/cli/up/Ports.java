package io.tributary.cli.up;

import io.tributary.cli.shell.Failure;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The ports that are asked for must be free: better found before anything is started. */
final class Ports {
  private static final int FREE_MIN = 20_000;
  private static final int FREE_MAX = 30_000;
  private static final int FREE_ATTEMPTS = 200;

  private Ports() {}

  /** Refuses the first face that can't listen, naming its key. */
  static void check(TributaryConfig config) {
    check("smtp", config.smtp().host(), config.smtp().port());
    check("http", config.http().host(), config.http().port());
    check("grpc", config.grpc().host(), config.grpc().port());
    check("ops", config.ops().host(), config.ops().port());
  }

  private static void check(String face, String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new Failure(
          "%s.host: \"%s\" is not known: give an address of this machine".formatted(face, host));
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (IOException taken) {
      String variable = "TRIBUTARY_" + face.toUpperCase(Locale.ROOT) + "_PORT";
      throw new Failure(
          "%s.port: %d on %s can't be used (%s): end what uses it, or set %s.port or %s to another (0: any free one)"
              .formatted(face, port, host, taken.getMessage(), face, variable),
          taken);
    }
  }

  /**
   * A port of the loopback interface that nobody uses now. It lies below those that systems give to
   * outgoing connections, so that it is still free when its owner is started again.
   */
  static int free() {
    for (int attempt = 0; attempt < FREE_ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FREE_MIN, FREE_MAX);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // The next one, then.
      }
    }
    throw new Failure("no free port on this machine between " + FREE_MIN + " and " + FREE_MAX);
  }
}
