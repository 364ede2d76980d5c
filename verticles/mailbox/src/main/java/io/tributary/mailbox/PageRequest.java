package io.tributary.mailbox;

import java.util.Optional;

/**
 * Which page of a listing.
 *
 * @param size 1 to 200
 * @param token {@link Page#nextToken} of the page before; empty for the first page
 */
public record PageRequest(int size, Optional<String> token) {
  public static final int SIZE_MAX = 200;

  public PageRequest {
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException("page size must be 1 to " + SIZE_MAX + ", was " + size);
    }
  }

  public static PageRequest first(int size) {
    return new PageRequest(size, Optional.empty());
  }
}
