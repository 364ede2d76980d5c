package io.tributary.cli;

import io.tributary.cli.shell.Shell;

/** The command line's entry. Exit codes: 0 done, 1 failed, 2 used wrongly. */
public final class Main {
  private static final String LOGGING = "logback.configurationFile";

  private Main() {}

  public static void main(String[] arguments) {
    boolean isNode = arguments.length > 0 && arguments[0].equals("node");
    if (!isNode && System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/tributary/cli/quiet-logback.xml");
    }
    System.setProperty("vertx.disableDnsResolver", "true");
    System.exit(Tributary.run(Shell.ofProcess(), arguments));
  }
}
