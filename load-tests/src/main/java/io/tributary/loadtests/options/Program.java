package io.tributary.loadtests.options;

import picocli.CommandLine;

/** A command as all of them are: wrong use is named and ends with 2, what breaks off with 1. */
public final class Program {
  private Program() {}

  /**
   * @param name of the script beside this module's pom
   * @param command as picocli knows commands
   */
  public static CommandLine of(String name, Object command) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          line.getErr().println(name + ": " + wrong.getMessage());
          line.getErr().println("try load-tests/" + name + " --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (failure, broken, result) -> {
          broken.getErr().println(name + ": " + failure);
          return 1;
        });
    return line;
  }
}
