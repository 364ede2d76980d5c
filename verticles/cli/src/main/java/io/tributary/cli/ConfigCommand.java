package io.tributary.cli;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.config.ConfigException;
import io.tributary.config.ConfigLoader;
import io.tributary.config.Setting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code config check} and {@code config show}. */
@Command(
    name = "config",
    description = "What is configured, and whether it can be used.",
    mixinStandardHelpOptions = true,
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class})
final class ConfigCommand extends Noun {

  /** What both take. */
  abstract static class OfFile implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "Default: the defaults.")
    private Optional<Path> config = Optional.empty();

    private final Shell shell;

    OfFile(Shell shell) {
      this.shell = shell;
    }

    @Override
    public final Integer call() {
      try {
        show(shell, ConfigLoader.settings(config, shell.environment()));
        return 0;
      } catch (ConfigException refused) {
        throw new Failure(refused.lines(), refused);
      }
    }

    abstract void show(Shell into, Collection<Setting> settings);
  }

  @Command(
      name = "check",
      description = "Reads the configuration as a node would; names everything that is wrong.",
      mixinStandardHelpOptions = true)
  static final class Check extends OfFile {
    Check(Shell shell) {
      super(shell);
    }

    @Override
    void show(Shell into, Collection<Setting> settings) {
      long own = settings.stream().filter(Setting::isOwn).count();
      into.out().println("good: " + settings.size() + " keys, " + own + " not at their default");
    }
  }

  @Command(
      name = "show",
      description = {
        "Every key with the value in force, as YAML, and where it comes from.",
        "Secrets are not part of it: the configuration only names the files that hold them.",
        "With --defaults: the commented file to begin with."
      },
      mixinStandardHelpOptions = true)
  static final class Show extends OfFile {
    @Option(names = "--defaults", description = "The defaults, with comments.")
    private boolean defaults;

    Show(Shell shell) {
      super(shell);
    }

    @Override
    void show(Shell into, Collection<Setting> settings) {
      if (defaults) {
        into.out().print(ConfigLoader.defaultsFile());
        return;
      }
      String section = "";
      for (Setting setting : settings) {
        String[] parts = setting.key().split("\\.", 2);
        if (!parts[0].equals(section)) {
          section = parts[0];
          into.out().println(section + ":");
        }
        into.out().println("  " + parts[1] + ": " + Plain.line(yaml(setting)) + from(setting));
      }
    }

    private static String yaml(Setting setting) {
      return setting.list() || setting.written().matches("[A-Za-z0-9./][A-Za-z0-9./:_-]*")
          ? setting.written()
          : "'" + setting.written().replace("'", "''") + "'";
    }

    private static String from(Setting setting) {
      return setting.isOwn() ? "  # " + Plain.line(setting.origin()) : "";
    }
  }
}
