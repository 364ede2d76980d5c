package io.tributary.cli.up;

import io.tributary.cli.shell.Failure;
import io.tributary.config.ConfigException;
import io.tributary.config.ConfigLoader;
import io.tributary.config.Setting;
import io.tributary.config.TributaryConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that {@code up} gives its node: the file and the environment, but for what
 * {@code up} decides itself.
 *
 * @param decided values by key
 */
record Configuration(
    Optional<Path> file, Map<String, String> environment, Map<String, String> decided) {

  /** The whole of it, or a failure with everything that is wrong. */
  TributaryConfig load() {
    return load(decided);
  }

  /** The same, with a token file if none is configured. */
  TributaryConfig withOperatorToken(Path tokenFile) {
    Map<String, String> more = new HashMap<>(decided);
    if (load().directory().operatorTokenFile().isEmpty()) {
      more.put("directory.operatorTokenFile", tokenFile.toString());
    }
    return load(more);
  }

  /** Lines about settings that somebody made in vain. */
  List<String> notes() {
    return ConfigLoader.settings(file, environment).stream()
        .filter(setting -> setting.isOwn() && decided.containsKey(setting.key()))
        .map(Configuration::note)
        .toList();
  }

  private static String note(Setting setting) {
    return "note: %s (%s) is not used: up runs its own ZooKeeper and HBase"
        .formatted(setting.key(), setting.origin());
  }

  private TributaryConfig load(Map<String, String> overrides) {
    try {
      return ConfigLoader.load(file, environment, overrides);
    } catch (ConfigException refused) {
      throw new Failure(refused.lines(), refused);
    }
  }
}
