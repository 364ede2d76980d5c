package io.tributary.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a command may use of the world around it.
 *
 * @param launcher how people call this program, for lines to paste
 * @param terminal whether a person sees standard output
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    String launcher,
    boolean terminal) {

  /** This process's, in UTF-8 whatever the locale. */
  public static Shell ofProcess() {
    return new Shell(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(),
        System.getProperty("tributary.launcher", "tributary"),
        Boolean.getBoolean("tributary.terminal"));
  }

  /** An environment variable that says something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
