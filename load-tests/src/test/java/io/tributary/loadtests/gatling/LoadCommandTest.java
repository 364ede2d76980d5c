package io.tributary.loadtests.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LoadCommandTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smpt | 'smpt'",
        " | KIND",
        "smtp --user 3 | --user",
        "smtp --users 0 | --users is 1 to",
        "smtp --seconds -1 | --seconds is 1 to",
        "smtp --seconds soon | --seconds",
        "smtp --rate 0 | --rate is above 0",
        "smtp --rate NaN | --rate is above 0",
        "smtp --mailboxes 0 | --mailboxes is 1 to",
        "smtp --characters 70000 | --characters is 1 to",
        "smtp --against nowhere/ready.json | nowhere/ready.json does not exist"
      })
  void wrongUseShouldBeNamedAndExitWith2(String line, String named) {
    int code = run(line == null ? new String[0] : line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(named).contains("--help");
  }

  @Test
  void helpShouldNameTheOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--against", "--users", "--seconds", "--rate", "smtp");
  }

  private int run(String... arguments) {
    CommandLine line = GatlingMain.commandLine();
    line.setErr(new PrintWriter(err));
    line.setOut(new PrintWriter(out));
    return line.execute(arguments);
  }
}
