package io.tributary.loadtests.bench;

import picocli.CommandLine;

/** Started by {@code load-tests/bench}. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          line.getErr().println("bench: " + wrong.getMessage());
          line.getErr().println("try load-tests/bench --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("bench: " + failure);
          return 1;
        });
    return line;
  }
}
