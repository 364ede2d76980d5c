package io.tributary.mailbox;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a listing.
 *
 * @param nextToken opaque, good for the same user and call for ever; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {
  public Page {
    items = List.copyOf(items);
  }
}
