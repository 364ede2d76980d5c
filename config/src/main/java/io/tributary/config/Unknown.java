package io.tributary.config;

import java.util.List;

/** Names that mean nothing here, with what was probably meant. */
final class Unknown {
  private Unknown() {}

  static Problem key(String key, List<String> candidates, String origin) {
    return key(key, key, candidates, origin);
  }

  /** The same for a name in an item, where all candidates begin as the key does. */
  static Problem name(String name, String item, List<String> candidates, String origin) {
    return key(name, item + "." + name, candidates, origin);
  }

  private static Problem key(String name, String key, List<String> candidates, String origin) {
    String allowed =
        Schema.nearest(name, candidates)
            .map(near -> Problem.NEAREST + near + "?")
            .orElse("one of " + String.join(", ", candidates));
    return new Problem(key, "unknown key", allowed, origin);
  }
}
