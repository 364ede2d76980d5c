package io.tributary.discovery.membership;

/**
 * Where a server listens, written {@code host:port}.
 *
 * @param port 1 to 65,535
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("an endpoint needs a host");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
  }

  /** Reads the form that {@link #toString} writes. The last colon ends the host. */
  public static Endpoint parse(String written) {
    int colon = written.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an endpoint is host:port");
    }
    return new Endpoint(
        written.substring(0, colon), Integer.parseInt(written.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
