package io.tributary.loadtests.drill;

import io.tributary.loadtests.options.Program;
import picocli.CommandLine;

/** Started by {@code load-tests/drill}. */
public final class DrillMain {
  private DrillMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Program.of("drill", new DrillCommand());
  }
}
