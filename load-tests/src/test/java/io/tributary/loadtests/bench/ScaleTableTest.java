package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleTableTest {
  @Test
  void layoutsShouldStandBesideTheFirstWithWhatEachPartSpent() {
    String table =
        ScaleTable.of(
            List.of(
                scaled(Layout.ONE_NODE, 1_000, Map.of("node-1", 200_000L, "hbase-c1", 50_000L)),
                scaled(
                    Layout.TWO_NODES,
                    800,
                    Map.of("node-1", 100_000L, "node-2", 140_000L, "hbase-c1", 80_000L))));

    assertThat(table.lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "sms 1 node 2 nodes",
            "a second 1,000 800",
            "beside 1 node 1.00 0.80",
            "p50 ms 2.0 2.0",
            "nodes, µs of processor each 200 300",
            "HBase, µs of processor each 50 100",
            "together 250 400");
  }

  private static Scaled scaled(Layout layout, int calls, Map<String, Long> micros) {
    Round round =
        new Round(
            calls,
            Duration.ofSeconds(1),
            new Latencies(new int[] {2_000, 2_000, 2_000}),
            calls,
            0,
            List.of());
    return new Scaled(
        "sms",
        layout,
        new Comparison(
            List.of(round), List.of(), List.of(), new Spent(micros, 0, 1_000_000, calls)));
  }
}
