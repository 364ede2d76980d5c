package io.tributary.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings from variables such as {@code TRIBUTARY_SMTP_PORT}. A variable that begins with a
 * section, or nearly so, must name a key of it; others are none of ours ({@code TRIBUTARY_TOKEN},
 * or what a container platform sets for a service of that name).
 */
final class Environment {
  private Environment() {}

  static List<Setting> read(Map<String, String> variables, List<Problem> problems) {
    Map<String, Setting> settings = new HashMap<>();
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              if (concernsUs(variable)) {
                Schema.keyOfVariable(variable)
                    .ifPresentOrElse(
                        key -> add(settings, Setting.ofVariable(key, value, variable), problems),
                        () -> problems.add(unknown(variable)));
              }
            });
    return new ArrayList<>(settings.values());
  }

  /** Whether the loader takes this variable for a setting. */
  static boolean concernsUs(String variable) {
    return sectionOf(variable)
        .filter(section -> Schema.nearest(section, Schema.sections()).isPresent())
        .isPresent();
  }

  private static Optional<String> sectionOf(String variable) {
    if (!variable.startsWith(ConfigLoader.VARIABLE_PREFIX)) {
      return Optional.empty();
    }
    String rest = variable.substring(ConfigLoader.VARIABLE_PREFIX.length());
    int end = rest.indexOf('_');
    return end < 0
        ? Optional.empty()
        : Optional.of(rest.substring(0, end).toLowerCase(Locale.ROOT));
  }

  private static void add(Map<String, Setting> settings, Setting found, List<Problem> problems) {
    Setting other = settings.putIfAbsent(found.key(), found);
    if (other != null && !other.items().equals(found.items())) {
      problems.add(found.problem("the same as " + other.origin() + ", or only one of them"));
    }
  }

  private static Problem unknown(String variable) {
    List<String> variables = Schema.keys().stream().map(Schema::variableOf).toList();
    String allowed =
        Schema.nearest(variable, variables)
            .map(near -> Problem.NEAREST + near + "?")
            .orElse("TRIBUTARY_SECTION_KEY, as in " + variables.get(0));
    return new Problem(variable, "unknown key", allowed, "environment");
  }
}
