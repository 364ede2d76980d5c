package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smpt | 'smpt'",
        " | CASE",
        "sms --second 3 | --second",
        "sms --seconds 0 | --seconds is 1 to",
        "sms --rounds 0 | --rounds is 1 to",
        "sms --warm-up -1 | --warm-up is 1 to",
        "sms --mailboxes 10001 | --mailboxes is 1 to",
        "sms --connections many | --connections",
        "chat --pairs 0 | --pairs is 1 to",
        "idle --sockets 0 | --sockets is 1 to",
        "idle --socket-users 10001 | --socket-users is 1 to",
        "sms --against nowhere/ready.json | nowhere/ready.json does not exist"
      })
  void wrongUseShouldBeNamedAndExitWith2(String line, String named) {
    int code = run(line == null ? new String[0] : line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(named).contains("--help");
  }

  @Test
  void helpShouldNameTheCasesAndOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("sms", "chat", "reads", "idle", "all", "scale", "lookup")
        .contains("--against", "--seconds", "--zookeeper", "--data");
  }

  private int run(String... arguments) {
    CommandLine line = BenchMain.commandLine();
    line.setErr(new PrintWriter(err));
    line.setOut(new PrintWriter(out));
    return line.execute(arguments);
  }
}
