package io.tributary.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One value as it was given, not yet checked.
 *
 * @param key dotted
 * @param items one for a single value
 * @param list whether it was written as a list
 * @param origin who gave it: {@code default}, a file's line, or a variable
 * @param folder against which a relative path counts; empty: the current one
 */
public record Setting(
    String key, List<String> items, boolean list, String origin, Optional<Path> folder) {
  static final String BY_DEFAULT = "default";

  public Setting {
    items = List.copyOf(items);
  }

  static Setting ofVariable(String key, String value, String variable) {
    return new Setting(key, List.of(value), false, variable, Optional.empty());
  }

  /** Whether somebody set it. */
  public boolean isOwn() {
    return !origin.equals(BY_DEFAULT);
  }

  /** As the file would write it: {@code a}, or {@code [a, b]}. */
  public String written() {
    return list ? "[" + String.join(", ", items) + "]" : String.join(", ", items);
  }

  Problem problem(String allowed) {
    String shown = items.isEmpty() || written().isEmpty() ? "nothing" : '"' + written() + '"';
    return new Problem(key, shown, allowed, isOwn() ? origin : "");
  }
}
