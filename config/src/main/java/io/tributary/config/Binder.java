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
      return texts(key, setting);
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
