package io.tributary.loadtests.gatling;

import picocli.CommandLine;

/** Started by {@code load-tests/gatling}. */
public final class GatlingMain {
  private GatlingMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new LoadCommand());
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          line.getErr().println("gatling: " + wrong.getMessage());
          line.getErr().println("try load-tests/gatling --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("gatling: " + failure);
          return 1;
        });
    return line;
  }
}
