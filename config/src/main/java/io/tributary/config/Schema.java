package io.tributary.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys there are, taken from the records. */
final class Schema {
  private static final Map<String, RecordComponent> KEYS = keysOfRecords();
  private static final Map<String, String> KEYS_BY_VARIABLE = keysByVariable();

  private Schema() {}

  /** Dotted, in the order of the records. */
  static Collection<String> keys() {
    return KEYS.keySet();
  }

  static boolean isKey(String key) {
    return KEYS.containsKey(key);
  }

  /** What the items of a list are, if they have keys of their own. */
  static Optional<Class<?>> recordsOf(String key) {
    return Optional.ofNullable(KEYS.get(key)).map(Schema::itemType).filter(Class::isRecord);
  }

  /** The type of a list's items; of another component its own. */
  static Class<?> itemType(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType list
            && component.getType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> item
        ? item
        : component.getType();
  }

  static List<String> namesOf(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  static List<String> sections() {
    return namesOf(TributaryConfig.class);
  }

  /** The key that an environment variable names, as one word or with its words apart. */
  static Optional<String> keyOfVariable(String variable) {
    return Optional.ofNullable(KEYS_BY_VARIABLE.get(variable));
  }

  /** The variable that overrides a key, with its words apart. */
  static String variableOf(String key) {
    String words = key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2");
    return ConfigLoader.VARIABLE_PREFIX + words.toUpperCase(Locale.ROOT);
  }

  /** What was probably meant by a name that isn't among the candidates. */
  static Optional<String> nearest(String name, Collection<String> candidates) {
    int distanceMax = Math.max(2, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= distanceMax)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static Map<String, RecordComponent> keysOfRecords() {
    Map<String, RecordComponent> keys = new LinkedHashMap<>();
    for (RecordComponent section : TributaryConfig.class.getRecordComponents()) {
      for (RecordComponent key : section.getType().getRecordComponents()) {
        keys.put(section.getName() + "." + key.getName(), key);
      }
    }
    return keys;
  }

  private static Map<String, String> keysByVariable() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String key : KEYS.keySet()) {
      String joined = key.replace('.', '_').toUpperCase(Locale.ROOT);
      variables.put(ConfigLoader.VARIABLE_PREFIX + joined, key);
      variables.put(variableOf(key), key);
    }
    return variables;
  }

  /** Levenshtein's, without regard to case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    List<Integer> row = new ArrayList<>();
    for (int j = 0; j <= b.length(); j++) {
      row.add(j);
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row.set(0, i);
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row.get(j);
        row.set(j, Math.min(change, Math.min(row.get(j), row.get(j - 1)) + 1));
      }
    }
    return row.get(b.length());
  }
}
