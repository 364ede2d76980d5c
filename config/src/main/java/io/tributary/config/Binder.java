package io.tributary.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the records from the settings, noting every value that doesn't fit. Used by one thread. */
final class Binder {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private final Map<String, Setting> settings;
  private final List<Problem> problems;

  Binder(Map<String, Setting> settings, List<Problem> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** The whole tree, or nothing if there was a problem. */
  Optional<TributaryConfig> bind() {
    int before = problems.size();
    List<@Nullable Object> sections = new ArrayList<>();
    for (RecordComponent section : TributaryConfig.class.getRecordComponents()) {
      sections.add(section(section));
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(TributaryConfig.class.cast(make(TributaryConfig.class, sections)));
  }

  private @Nullable Object section(RecordComponent section) {
    int before = problems.size();
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent key : section.getType().getRecordComponents()) {
      Setting setting = settings.get(section.getName() + "." + key.getName());
      if (setting == null) {
        throw new IllegalStateException(
            "no default for " + section.getName() + "." + key.getName());
      }
      values.add(value(key, setting));
    }
    return problems.size() > before ? null : make(section.getType(), values);
  }

  private @Nullable Object value(RecordComponent key, Setting setting) {
    Class<?> type = key.getType();
    if (type == List.class) {
      return list(key, setting);
    }
    if (setting.list()) {
      return refuse(setting, "one value, not a list");
    }
    String written = setting.items().get(0).strip();
    if (type == int.class || type == long.class) {
      return number(key, setting, written);
    }
    return type == Optional.class ? path(key, setting, written) : text(key, setting, written);
  }

  private @Nullable Object list(RecordComponent key, Setting setting) {
    Class<?> item = Schema.itemType(key);
    if (item.isRecord()) {
      return records(item, setting);
    }
    return item == Path.class ? paths(key, setting) : texts(key, setting);
  }

  private @Nullable Object records(Class<?> type, Setting setting) {
    if (!setting.list() && !setting.items().get(0).isBlank()) {
      return refuse(
          setting, "a list in the file, each item with " + String.join(", ", Schema.namesOf(type)));
    }
    List<@Nullable Object> records = new ArrayList<>();
    for (Map<String, Setting> given : setting.records()) {
      String key = setting.key() + "[" + records.size() + "]";
      String origin =
          given.values().stream().map(Setting::origin).findFirst().orElse(setting.origin());
      records.add(
          record(
              type,
              given,
              name -> new Setting(key + "." + name, List.of(""), false, origin, setting.folder())));
    }
    return records.contains(null) ? null : records;
  }

  private @Nullable Object record(
      Class<?> type, Map<String, Setting> given, Function<String, Setting> absent) {
    int before = problems.size();
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent key : type.getRecordComponents()) {
      Setting setting = given.get(key.getName());
      values.add(
          value(key, setting == null ? ifAbsent(key, absent.apply(key.getName())) : setting));
    }
    return problems.size() > before ? null : make(type, values);
  }

  private static Setting ifAbsent(RecordComponent key, Setting nothing) {
    IfAbsent value = key.getAnnotation(IfAbsent.class);
    return value == null
        ? nothing
        : new Setting(
            nothing.key(), List.of(value.value()), false, nothing.origin(), nothing.folder());
  }

  private @Nullable Object paths(RecordComponent key, Setting setting) {
    if (setting.items().isEmpty() || setting.items().stream().anyMatch(String::isBlank)) {
      return refuse(setting, "a list of files that this process can read");
    }
    List<@Nullable Object> paths = new ArrayList<>();
    for (String item : setting.items()) {
      paths.add(
          path(key, setting, item.strip()) instanceof Optional<?> path ? path.orElse(null) : null);
    }
    return paths.contains(null) ? null : paths;
  }

  private @Nullable Object number(RecordComponent key, Setting setting, String written) {
    Range range = key.getAnnotation(Range.class);
    String allowed = "a whole number from " + range.min() + " to " + range.max();
    if (!NUMBER.matcher(written).matches()) {
      return refuse(setting, allowed);
    }
    long number = Long.parseLong(written);
    if (number < range.min() || number > range.max()) {
      return refuse(setting, allowed);
    }
    if (key.getType() == int.class) {
      return Math.toIntExact(number);
    }
    return number;
  }

  private @Nullable Object text(RecordComponent key, Setting setting, String written) {
    Text text = key.getAnnotation(Text.class);
    return written.matches(text.regex()) ? written : refuse(setting, text.allowed());
  }

  private @Nullable Object texts(RecordComponent key, Setting setting) {
    Text text = key.getAnnotation(Text.class);
    List<String> items =
        setting.items().stream()
            .flatMap(item -> setting.list() ? Stream.of(item) : Arrays.stream(item.split(",")))
            .map(String::strip)
            .toList();
    if (key.isAnnotationPresent(MayBeEmpty.class) && items.stream().allMatch(String::isEmpty)) {
      return List.of();
    }
    boolean fits = !items.isEmpty() && items.stream().allMatch(item -> item.matches(text.regex()));
    return fits ? items : refuse(setting, "a list, each " + text.allowed());
  }

  private @Nullable Object path(RecordComponent key, Setting setting, String written) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path =
          setting.folder().orElse(Path.of("")).resolve(written).toAbsolutePath().normalize();
      boolean mustBeReadable = key.isAnnotationPresent(ReadableFile.class);
      return mustBeReadable && !(Files.isRegularFile(path) && Files.isReadable(path))
          ? refuse(setting, "a file that this process can read; looked for " + path)
          : Optional.of(path);
    } catch (InvalidPathException malformed) {
      return refuse(setting, "a path");
    }
  }

  private @Nullable Object refuse(Setting setting, String allowed) {
    problems.add(setting.problem(allowed));
    return null;
  }

  private static Object make(Class<?> type, List<@Nullable Object> values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values.toArray());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("can't make " + type.getSimpleName(), impossible);
    }
  }
}
