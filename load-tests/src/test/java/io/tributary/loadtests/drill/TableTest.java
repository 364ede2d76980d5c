package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void eachDrillShouldBeARowWithItsFiguresAndItsClaims() {
    Row row =
        new Row(
            "node-kill",
            new Row.Findings(10, 12, 0, 0, 0, 0),
            new Outages(List.of(400.0, 6_200.0, 900.0)),
            Map.of("reset", 2, "HTTP 503", 7),
            List.of(Claim.said("served after %.1f s", 6.2)),
            List.of());

    String table = Table.of(List.of(row));

    assertThat(table)
        .containsPattern("node-kill +10 +12 +0 +0 +0 +0 +0\\.9 s +6\\.2 s +7 × HTTP 503, 2 × reset")
        .contains("node-kill: passed\n  served after 6.2 s\n");
  }

  @Test
  void whatMustNotBeShouldBeToldAndFailTheDrill() {
    Row row = Row.broken("node-kill", new IllegalStateException("waited 60 s in vain"));

    assertThat(row.passed()).isFalse();
    assertThat(Table.of(List.of(row))).contains("node-kill: FAILED\n").contains("in vain");
  }
}
