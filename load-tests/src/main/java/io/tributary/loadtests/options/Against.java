package io.tributary.loadtests.options;

import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.api.UnusableTargetException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A running installation. */
public final class Against {
  @Option(
      names = "--against",
      paramLabel = "FILE",
      defaultValue = "${sys:tributary.home:-.}/data/run/ready.json",
      description = "the installation's ready.json; default: data/run/ready.json")
  private Path file = Path.of("");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  public Path readyFile() {
    return file;
  }

  /**
   * What it says.
   *
   * @throws ParameterException if it is not there, or not what the server writes
   */
  public Target target() {
    try {
      return Target.read(file);
    } catch (UnusableTargetException unusable) {
      throw new ParameterException(spec.commandLine(), unusable.getMessage());
    }
  }
}
