package io.tributary.loadtests.bench;

import io.tributary.loadtests.options.Program;
import picocli.CommandLine;

/** Started by {@code load-tests/bench}. */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return Program.of("bench", new BenchCommand());
  }
}
