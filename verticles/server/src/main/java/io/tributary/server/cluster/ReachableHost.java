package io.tributary.server.cluster;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** Under which host others reach what listens here. */
public final class ReachableHost {
  private ReachableHost() {}

  /**
   * The host itself; for a wildcard, an address of this machine that is not its loopback, if it has
   * one.
   */
  public static String of(String listening) {
    return switch (listening) {
      case "0.0.0.0", "::", "[::]" -> ofMachine();
      default -> listening;
    };
  }

  private static String ofMachine() {
    try {
      return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .filter(address -> address.getAddress().length == 4)
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse("127.0.0.1");
    } catch (SocketException unknown) {
      return "127.0.0.1";
    }
  }
}
