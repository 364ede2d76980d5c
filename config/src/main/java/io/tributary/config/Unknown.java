package io.tributary.config;

import java.util.List;

/** Names that mean nothing here, with what was probably meant. */
final class Unknown {
  private Unknown() {}

  static Problem key(String key, List<String> candidates, String origin) {
    String allowed =
        Schema.nearest(key, candidates)
            .map(near -> Problem.NEAREST + near + "?")
            .orElse("one of " + String.join(", ", candidates));
    return new Problem(key, "unknown key", allowed, origin);
  }
}
