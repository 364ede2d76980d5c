package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Figure.Case CASE =
      new Figure.Case("sms", "2 mailboxes", "atomicCreate", Map.of("ratio", 0.6));

  @Test
  void theLineShouldHoldMediansAndTheirRatio() throws IOException {
    Comparison found =
        new Comparison(
            List.of(round(300, 0), round(900, 0), round(310, 0)),
            List.of(round(1000, 0), round(500, 0)),
            List.of(round(1, 0)),
            new Spent(Map.of("node-1", 3_000L), 3_500, 1_000, 10));

    Figure figure =
        Figure.of(CASE, JsonNodeFactory.instance.objectNode().put("inFlight", 50), found);

    JsonNode line = new ObjectMapper().readTree(figure.json().toString());
    assertThat(line.path("case").asText()).isEqualTo("sms");
    assertThat(line.path("inFlight").asInt()).isEqualTo(50);
    assertThat(line.path("perSecond").asDouble()).isEqualTo(310);
    assertThat(line.path("floorPerSecond").asDouble()).isEqualTo(750);
    assertThat(line.path("ratio").asDouble()).isEqualTo(0.4133);
    assertThat(line.path("rounds")).hasSize(3);
    assertThat(line.path("cpuMicrosPerCall").path("node-1").asDouble()).isEqualTo(300);
    assertThat(line.path("coresOfOthers").asDouble()).isEqualTo(0.5);
    assertThat(line.path("target").path("ratio").asDouble()).isEqualTo(0.6);
    assertThat(line.path("failed").asInt()).isZero();
    assertThat(figure.json().toString()).doesNotContain("\n");
  }

  @Test
  void aFailureInAnyRoundShouldCount() {
    Round well = round(100, 0);
    Spent spent = Spent.NOTHING;

    assertThat(failed(new Comparison(List.of(round(1, 2)), List.of(well), List.of(), spent)))
        .isEqualTo(2);
    assertThat(failed(new Comparison(List.of(well), List.of(round(1, 3)), List.of(), spent)))
        .isEqualTo(3);
    assertThat(failed(new Comparison(List.of(well), List.of(well), List.of(round(0, 1)), spent)))
        .isEqualTo(1);
  }

  private static int failed(Comparison found) {
    return Figure.of(CASE, JsonNodeFactory.instance.objectNode(), found).failed();
  }

  private static Round round(int perSecond, int failed) {
    List<String> problems = failed == 0 ? List.of() : List.of("HTTP 503");
    Latencies latencies = new Latencies(new int[] {1_000});
    return new Round(perSecond, Duration.ofSeconds(1), latencies, perSecond, failed, problems);
  }
}
