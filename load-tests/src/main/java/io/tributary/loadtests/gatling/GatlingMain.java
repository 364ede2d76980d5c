package io.tributary.loadtests.gatling;

import io.tributary.loadtests.options.Program;
import picocli.CommandLine;

/** Started by {@code load-tests/gatling}. */
public final class GatlingMain {
  private GatlingMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Program.of("gatling", new LoadCommand());
  }
}
