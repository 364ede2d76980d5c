package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.UnusableTargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The table that holds the logs of a cell.
 *
 * @param zookeeper host:port, several with commas
 * @param znode where HBase registers
 * @param name with its namespace
 */
record LogTable(String zookeeper, String znode, String name) {

  /**
   * As a node's configuration has it.
   *
   * @param configuration which {@code up} writes for its node
   * @param given what takes the place of {@code zookeeper}, {@code znode} and {@code table} there
   * @throws UnusableTargetException if something is neither given nor there
   */
  static LogTable of(Path configuration, Map<String, String> given) {
    Map<?, ?> hbase = given.size() == 3 ? Map.of() : section(configuration, "hbase");
    return new LogTable(
        pick(given, "zookeeper", text(hbase, "zookeeper"), configuration),
        pick(given, "znode", text(hbase, "znodeParent"), configuration),
        pick(given, "table", text(hbase, "namespace").map(cell -> cell + ":log"), configuration));
  }

  private static String pick(
      Map<String, String> given, String option, Optional<String> written, Path configuration) {
    return Optional.ofNullable(given.get(option))
        .or(() -> written)
        .orElseThrow(
            () ->
                new UnusableTargetException(
                    configuration + " does not say it: give --" + option + ", for the floor"));
  }

  private static Optional<String> text(Map<?, ?> section, String key) {
    return Optional.ofNullable(section.get(key)).map(Object::toString);
  }

  private static Map<?, ?> section(Path configuration, String name) {
    try {
      Object all =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(configuration));
      return all instanceof Map<?, ?> sections && sections.get(name) instanceof Map<?, ?> found
          ? found
          : Map.of();
    } catch (IOException | YAMLException absent) {
      return Map.of();
    }
  }
}
