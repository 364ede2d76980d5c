package io.tributary.loadtests.gatling;

import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Gatling, inside this process. */
final class Engine {
  private Engine() {}

  /**
   * Runs a simulation to its end.
   *
   * @param results gets a new folder with the log and the report
   * @return the report's first page; empty if Gatling made none
   */
  static Optional<Path> run(Class<? extends Simulation> simulation, Path results)
      throws IOException {
    Files.createDirectories(results);
    String[] arguments = {
      "--simulation", simulation.getName(), "--results-folder", results.toString()
    };
    int code = Gatling$.MODULE$.fromArgs(arguments);
    return code == 0 ? report(results) : Optional.empty();
  }

  private static Optional<Path> report(Path results) throws IOException {
    try (Stream<Path> folders = Files.list(results)) {
      return folders.map(folder -> folder.resolve("index.html")).filter(Files::exists).findFirst();
    }
  }
}
