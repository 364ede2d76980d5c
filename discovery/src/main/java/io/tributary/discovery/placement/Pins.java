package io.tributary.discovery.placement;

import io.tributary.codecs.identity.UserId;
import java.util.Map;

/**
 * Users whom an operator placed by hand, by cell name. A pin goes before the slot table.
 *
 * @param version of the pins' znode
 */
public record Pins(long version, Map<UserId, String> cells) {
  public static final Pins NONE = new Pins(0, Map.of());

  public Pins {
    cells = Map.copyOf(cells);
  }
}
