package io.tributary.loadtests.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a number may be, both ends included. */
public record Range(int least, int most) {

  /** From 1. */
  public static Range to(int most) {
    return new Range(1, most);
  }

  /**
   * @throws ParameterException naming the option and what is allowed
   */
  public void check(CommandSpec spec, String option, int value) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d to %d, not %d".formatted(option, least, most, value));
    }
  }
}
