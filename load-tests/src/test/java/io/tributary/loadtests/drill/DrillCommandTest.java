package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DrillCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "meteor|DRILL is one of node-kill",
        "node-kill --users 1|--users is 2 to 1000, not 1",
        "node-kill --session-millis 10|--session-millis is 1000 to 60000, not 10",
        "node-kill --away-seconds 0|--away-seconds is 1 to 600, not 0",
        "--seconds x|'--seconds'",
      })
  void wrongUseShouldBeRefusedBeforeAnythingIsStarted(String line, String complaint) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(complaint);
  }

  @Test
  void helpShouldNameTheDrills() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " ")).contains("node-kill").contains("all");
  }

  @Test
  void drillsThatNeedAnotherSessionShouldGetAnInstallationOfTheirOwn() {
    List<Drill> drills = Drills.of(List.of("node-kill", "node-kill-2s", "rolling-restart"));

    assertThat(Drills.bySession(drills, 6_000))
        .extracting(Map.Entry::getKey, same -> same.getValue().stream().map(Drill::name).toList())
        .containsExactly(
            tuple(6_000, List.of("node-kill", "rolling-restart")),
            tuple(2_000, List.of("node-kill-2s")));
    assertThat(Drills.bySession(drills, 2_000)).hasSize(1);
  }

  private int run(String... arguments) {
    CommandLine line =
        DrillMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }
}
