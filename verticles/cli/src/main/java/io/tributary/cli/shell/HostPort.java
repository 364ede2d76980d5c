package io.tributary.cli.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something listens, written {@code host:port}, IPv6 as {@code [::1]:port}.
 *
 * @param host without brackets
 */
public record HostPort(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\[([0-9A-Fa-f:.]+)]|[^:\\s]+):(\\d{1,5})");

  public HostPort {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }

  /** Reads the written form; refuses anything else with what would be accepted. */
  public static HostPort parse(String written) {
    Matcher matcher = WRITTEN.matcher(written.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + written + "\" is not host:port");
    }
    String host = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
    return new HostPort(host, Integer.parseInt(matcher.group(3)));
  }

  /** Whether only this machine can be meant. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /** Where a client on this machine reaches something that listens on every address. */
  public HostPort reachable() {
    return switch (host) {
      case "0.0.0.0" -> new HostPort("127.0.0.1", port);
      case "::", "0:0:0:0:0:0:0:0" -> new HostPort("::1", port);
      default -> this;
    };
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
