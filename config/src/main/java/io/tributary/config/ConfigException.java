package io.tributary.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that can't be used, with everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All of them for people: in one line, or one a line after a line that counts them. */
  public String lines() {
    if (problems.size() == 1) {
      return "the configuration has a problem: " + problems.get(0);
    }
    return problems.stream()
        .map(Problem::toString)
        .collect(
            Collectors.joining(
                "\n  ", "the configuration has " + problems.size() + " problems:\n  ", ""));
  }

  /** All of them, in the order of the file; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
