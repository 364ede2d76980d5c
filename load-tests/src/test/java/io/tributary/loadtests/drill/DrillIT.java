package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Short drills, with real processes. */
class DrillIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void nothingShouldBeLostOrDoubledWhenANodeOrTheHBaseOfOneOfTwoCellsDies() {
    drill("node-kill", "hbase-kill", "--seconds", "3", "--away-seconds", "5");
  }

  /** The machine that tests run on is busy: what is quick in a drill may take longer here. */
  private void drill(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = DrillMain.commandLine().setOut(new PrintWriter(out));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.toString(), "--grace-millis", "15000"));

    assertThat(line.execute(all.toArray(new String[0]))).as(out.toString()).isZero();
  }
}
