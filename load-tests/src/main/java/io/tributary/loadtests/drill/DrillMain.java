package io.tributary.loadtests.drill;

import picocli.CommandLine;

/** Started by {@code load-tests/drill}. */
public final class DrillMain {
  private DrillMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new DrillCommand());
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          line.getErr().println("drill: " + wrong.getMessage());
          line.getErr().println("try load-tests/drill --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("drill: " + failure);
          return 1;
        });
    return line;
  }
}
