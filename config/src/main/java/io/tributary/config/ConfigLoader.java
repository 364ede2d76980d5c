package io.tributary.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration: the defaults, over them a file, over that the environment. A key's
 * variable is {@code TRIBUTARY_SECTION_KEY} ({@code TRIBUTARY_SMTP_PORT}; words joined or apart:
 * {@code IDLETIMEOUTMILLIS}, {@code IDLE_TIMEOUT_MILLIS}; lists with commas). Relative paths in the
 * file count from its folder.
 */
public final class ConfigLoader {
  /** With which every environment variable of ours begins. */
  public static final String VARIABLE_PREFIX = "TRIBUTARY_";

  private static final String DEFAULTS = "tributary.yaml";

  private ConfigLoader() {}

  /**
   * The checked configuration.
   *
   * @param environment as of {@link System#getenv()}
   * @throws ConfigException with all problems at once
   */
  public static TributaryConfig load(Optional<Path> file, Map<String, String> environment) {
    return load(file, environment, Map.of());
  }

  /**
   * The same, with values that count more than those of the file and the environment.
   *
   * @param overrides by key, for example {@code smtp.port}
   * @throws ConfigException with all problems at once
   */
  public static TributaryConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Setting> settings = merged(file, environment, problems);
    overrides.forEach(
        (key, value) -> settings.put(key, Setting.ofVariable(key, value, "set by the caller")));
    Optional<TributaryConfig> config = new Binder(settings, problems).bind();
    config.ifPresent(bound -> problems.addAll(bound.conflicts()));
    if (config.isEmpty() || !problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config.get();
  }

  /**
   * Every key with the value in force and who gave it, in the order of the records.
   *
   * @throws ConfigException as {@link #load}
   */
  public static Collection<Setting> settings(Optional<Path> file, Map<String, String> environment) {
    load(file, environment);
    return merged(file, environment, new ArrayList<>()).values();
  }

  /** Whether a variable would be taken for a setting. */
  public static boolean isSetting(String variable) {
    return Environment.concernsUs(variable);
  }

  /** The commented file that holds the defaults. */
  public static String defaultsFile() {
    try (InputStream in = ConfigLoader.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException("the defaults are missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, Setting> merged(
      Optional<Path> file, Map<String, String> environment, List<Problem> problems) {
    Map<String, Setting> merged = new LinkedHashMap<>();
    defaults().forEach(setting -> merged.put(setting.key(), setting));
    file.map(given -> YamlFile.read(given, problems))
        .orElse(List.of())
        .forEach(setting -> merged.put(setting.key(), setting));
    Environment.read(environment, problems).forEach(setting -> merged.put(setting.key(), setting));
    return merged;
  }

  private static List<Setting> defaults() {
    List<Problem> problems = new ArrayList<>();
    List<Setting> settings = YamlFile.parse(DEFAULTS, defaultsFile(), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the defaults are broken: " + problems);
    }
    return settings.stream().map(ConfigLoader::byDefault).toList();
  }

  private static Setting byDefault(Setting setting) {
    return new Setting(
        setting.key(), setting.items(), setting.list(), Setting.BY_DEFAULT, Optional.empty());
  }
}
