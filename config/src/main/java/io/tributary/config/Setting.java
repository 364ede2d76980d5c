package io.tributary.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One value as it was given, not yet checked: texts, or a list of items with keys of their own.
 *
 * @param key dotted
 * @param items one for a single value
 * @param list whether it was written as a list
 * @param origin who gave it: {@code default}, a file's line, or a variable
 * @param folder against which a relative path counts; empty: the current one
 * @param records the items with keys; then there are no texts
 */
public record Setting(
    String key,
    List<String> items,
    boolean list,
    String origin,
    Optional<Path> folder,
    List<Map<String, Setting>> records) {
  static final String BY_DEFAULT = "default";

  public Setting {
    items = List.copyOf(items);
    records = List.copyOf(records);
  }

  Setting(String key, List<String> items, boolean list, String origin, Optional<Path> folder) {
    this(key, items, list, origin, folder, List.of());
  }

  static Setting ofVariable(String key, String value, String variable) {
    return new Setting(key, List.of(value), false, variable, Optional.empty());
  }

  /** Whether somebody set it. */
  public boolean isOwn() {
    return !origin.equals(BY_DEFAULT);
  }

  /** As the file would write it: {@code a}, {@code [a, b]}, or {@code [{k: a}]}. */
  public String written() {
    if (!records.isEmpty()) {
      return records.stream().map(Setting::written).collect(Collectors.joining(", ", "[", "]"));
    }
    return list ? "[" + String.join(", ", items) + "]" : String.join(", ", items);
  }

  private static String written(Map<String, Setting> record) {
    return record.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue().written())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  Problem problem(String allowed) {
    String shown = items.isEmpty() || written().isEmpty() ? "nothing" : '"' + written() + '"';
    return new Problem(key, shown, allowed, isOwn() ? origin : "");
  }
}
