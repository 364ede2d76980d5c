package io.tributary.cli.data;

import io.tributary.cli.shell.Shell;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "Data folder of the installation. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of(DataFolder.DEFAULT);

  /** It need not be there. */
  public Installation installation(Shell shell) {
    return new Installation(new DataFolder(data), shell);
  }
}
