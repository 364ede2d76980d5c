package io.tributary.cli.shell;

/** A command that failed: one line for people that says what failed, why, and what to do. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String line;

  public Failure(String line) {
    super(line);
    this.line = line;
  }

  public Failure(String line, Throwable cause) {
    super(line, cause);
    this.line = line;
  }

  /** What is shown. */
  public String line() {
    return line;
  }
}
