package io.tributary.loadtests.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where installations of a command's own lie. */
public final class OwnFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where its own installation lies, and stays; default: a temporary folder, which stays"
              + " only if something goes wrong")
  private Optional<Path> given = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The project whose {@code tributary} is started. */
  public static Path project() {
    return Path.of(System.getProperty("tributary.home", ".")).toAbsolutePath().normalize();
  }

  /** The one that was given, else a new one. */
  public Path open(String name) throws IOException {
    return given.isPresent() ? given.get() : Files.createTempDirectory("tributary-" + name);
  }

  /** Takes it away, unless somebody may want to look at it. */
  public void close(Path folder, boolean well) throws IOException {
    if (given.isPresent() || !well) {
      spec.commandLine().getErr().println("data and logs: " + folder);
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
