package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes share the mailboxes; one dies by SIGKILL under mail, text messages and chat. The other
 * goes on with all, and the audit finds every acknowledged message once.
 */
class NodeKillIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration UNDER_LOAD_MAX = Duration.ofSeconds(60);
  private static final Pattern STORED =
      Pattern.compile("(?m)^tributary_mailbox_deliveries_total\\{outcome=\"stored\"\\} (\\S+)$");
  private static final int STORED_MIN = 30;

  @TempDir private Path folder = Path.of("");

  @Test
  void nothingShouldBeLostOrDoubledWhenOneOfTwoNodesDies() throws Exception {
    try (Installation installation = Installation.start(PROJECT, folder.resolve("data"), 2)) {
      CompletableFuture<Installation.Ended> load =
          CompletableFuture.supplyAsync(() -> load(installation));
      Await.until(UNDER_LOAD_MAX, () -> stored() > STORED_MIN || load.isDone());
      installation.kill("node-2");

      Installation.Ended ended = load.get();
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("audit: passed;").contains(" 0 gaps, 0 faults");
    }
  }

  private Installation.Ended load(Installation installation) {
    try {
      return installation.gatling(
          "mix",
          "--seconds",
          "12",
          "--users",
          "4",
          "--mailboxes",
          "8",
          "--results",
          folder.toString());
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Messages that the first node has stored. */
  private double stored() throws IOException {
    String ops =
        new ObjectMapper()
            .readTree(folder.resolve("data/run/ready.json").toFile())
            .path("ops")
            .asText();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + ops + "/metrics")).build();
    try {
      String metrics = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return STORED
          .matcher(metrics)
          .results()
          .mapToDouble(found -> Double.parseDouble(found.group(1)))
          .sum();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
