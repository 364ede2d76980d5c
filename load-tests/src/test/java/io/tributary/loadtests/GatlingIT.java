package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few seconds of load against an installation, by the commands that people use. */
class GatlingIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern PASSED =
      Pattern.compile("audit: passed; (\\d+) sent, (\\d+) acknowledged, (\\d+) copies found");
  private static final Pattern REPORT = Pattern.compile("(?m)^report: (.*)$");

  @TempDir static Path folder;
  private static Installation installation;

  @BeforeAll
  static void start() throws Exception {
    installation = Installation.start(PROJECT, folder.resolve("data"));
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  @Test
  void mailTextMessagesAndChatShouldBeAuditedAndReported() throws Exception {
    Installation.Ended ended =
        installation.gatling(
            "mix",
            "--seconds",
            "3",
            "--users",
            "4",
            "--mailboxes",
            "4",
            "--results",
            folder.toString());

    assertThat(ended.code()).as(ended.output()).isZero();
    Matcher audit = PASSED.matcher(ended.output());
    assertThat(audit.find()).as(ended.output()).isTrue();
    assertThat(Integer.parseInt(audit.group(2))).isGreaterThan(10);
    // a chat message stands in two mailboxes
    assertThat(Integer.parseInt(audit.group(3))).isGreaterThan(Integer.parseInt(audit.group(2)));
    Matcher report = REPORT.matcher(ended.output());
    assertThat(report.find()).isTrue();
    assertThat(Path.of(report.group(1))).exists();
    assertThat(Files.readString(Path.of(report.group(1)))).contains("mail");
  }

  @Test
  void aBenchShouldPrintALineOfJsonForEachCase() throws Exception {
    Installation.Ended ended =
        installation.bench(
            "sms", "--seconds", "1", "--rounds", "1", "--warm-up", "1", "--mailboxes", "2");

    assertThat(ended.code()).as(ended.output()).isZero();
    String json = ended.output().lines().filter(it -> it.startsWith("{")).findFirst().orElse("");
    JsonNode line = new ObjectMapper().readTree(json);
    assertThat(line.path("variant").asText()).isEqualTo("2 mailboxes");
    assertThat(line.path("perSecond").asDouble()).isPositive();
    assertThat(line.path("floorPerSecond").asDouble()).isPositive();
    assertThat(line.path("cpuMicrosPerCall").path("node-1").asDouble()).isPositive();
  }

  @Test
  void wrongUseShouldExitWith2() throws Exception {
    assertThat(installation.gatling("smpt").code()).isEqualTo(2);
  }
}
