package io.tributary.loadtests.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Whole runs of a second against a server that misbehaves: they must notice. */
class LoadRunsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "NONE, 0, 'audit: passed'",
    "PUT_OFF, 0, 'audit: passed'",
    "LOSE, 1, 'was acknowledged and is not in'",
    "DOUBLE, 1, 'is 2 times in'",
    "CHANGE, 1, 'differs from what was sent'",
    "REFUSE, 1, 'refused for good'"
  })
  void runsShouldNoticeWhatGoesWrong(Mischief mischief, int code, String said) throws Exception {
    Path ready = folder.resolve("ready.json");
    Vertx fake = FakeInstallation.start(mischief, ready);
    StringWriter out = new StringWriter();
    CommandLine line = GatlingMain.commandLine();
    line.setOut(new PrintWriter(out));
    int ended =
        line.execute(
            "mix",
            "--against",
            ready.toString(),
            "--seconds",
            "1",
            "--users",
            "3",
            "--rate",
            "60",
            "--results",
            folder.toString());
    fake.close().toCompletionStage().toCompletableFuture().get();

    assertThat(out.toString()).contains(said);
    assertThat(ended).as(out.toString()).isEqualTo(code);
  }
}
