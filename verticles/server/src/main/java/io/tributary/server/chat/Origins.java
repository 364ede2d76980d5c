package io.tributary.server.chat;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which web pages browsers may connect (RFC 6454; RFC 6455 section 10.2): those that are
 * listed. What is no browser says nothing, and may.
 *
 * @param allowed such as {@code https://inbox.example.com}; {@code self} is this host, {@code *}
 *     any
 */
record Origins(List<String> allowed) {
  Origins {
    allowed = List.copyOf(allowed);
  }

  /**
   * @param origin the header's value
   * @param host the Host header's value
   */
  boolean allow(@Nullable String origin, @Nullable String host) {
    return origin == null
        || allowed.contains("*")
        || allowed.contains(origin)
        || (allowed.contains("self") && host != null && host.equalsIgnoreCase(authority(origin)));
  }

  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException noUri) {
      return "";
    }
  }
}
