package io.tributary.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a configuration as a file that {@link ConfigLoader} reads as the same configuration. */
public final class ConfigWriter {
  private ConfigWriter() {}

  /** Every key, in the order of the records, without comments. */
  public static String yaml(TributaryConfig config) {
    StringBuilder yaml = new StringBuilder();
    for (RecordComponent section : TributaryConfig.class.getRecordComponents()) {
      yaml.append(section.getName()).append(":\n");
      Object values = valueOf(section, config);
      for (RecordComponent key : section.getType().getRecordComponents()) {
        String written = written(valueOf(key, values));
        yaml.append("  ").append(key.getName()).append(": ").append(written).append('\n');
      }
    }
    return yaml.toString();
  }

  private static String written(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(ConfigWriter::item).collect(Collectors.joining(", ", "[", "]"));
    }
    return quoted(
        value instanceof Optional<?> maybe ? maybe.map(Object::toString).orElse("") : value);
  }

  private static String item(Object item) {
    return item instanceof Record record
        ? Arrays.stream(record.getClass().getRecordComponents())
            .map(key -> key.getName() + ": " + written(valueOf(key, record)))
            .collect(Collectors.joining(", ", "{", "}"))
        : quoted(item);
  }

  private static String quoted(Object value) {
    return value instanceof Number
        ? value.toString()
        : "'" + value.toString().replace("'", "''") + "'";
  }

  private static Object valueOf(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("can't read " + component.getName(), impossible);
    }
  }
}
