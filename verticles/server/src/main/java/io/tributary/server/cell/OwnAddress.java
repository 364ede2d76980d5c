package io.tributary.server.cell;

import io.tributary.discovery.membership.Endpoint;
import java.util.Optional;

/** Where this process listens for other nodes, once it does. Safe for any thread. */
public final class OwnAddress {
  private volatile Optional<Endpoint> endpoint = Optional.empty();

  public void set(Endpoint listening) {
    endpoint = Optional.of(listening);
  }

  /** {@code host:port}, or empty before it is known. */
  String written() {
    return endpoint.map(Endpoint::toString).orElse("");
  }

  /** What {@link #written} said elsewhere. Empty for a node's id, which has no colon. */
  public static Optional<Endpoint> read(String written) {
    return written.contains(":") ? Optional.of(Endpoint.parse(written)) : Optional.empty();
  }

  @Override
  public String toString() {
    return written();
  }
}
