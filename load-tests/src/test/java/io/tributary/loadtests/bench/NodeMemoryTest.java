package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeMemoryTest {
  private static final String STATUS = "Name:\tjava\nVmPeak:\t  900 kB\nVmRSS:\t  200 kB\n";

  private static final String HISTOGRAM =
      """
      4711:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:          8478         339120  [B (java.base@17.0.15)
         2:            10            160  io.tributary.Some$Thing
      Total         8488         339280
      """;

  @Test
  void memoryShouldBeReadFromWhatLinuxAndTheJvmSay() throws IOException {
    NodeMemory memory = NodeMemory.parse(STATUS, HISTOGRAM);

    assertThat(memory.residentBytes()).isEqualTo(200 * 1024);
    assertThat(memory.heapBytes()).isEqualTo(339_280);
    assertThat(memory.bytesByClass())
        .containsOnly(Map.entry("[B", 339_120L), Map.entry("io.tributary.Some$Thing", 160L));
  }

  @Test
  void growthShouldNameTheClassesThatGrewMostFirst() {
    NodeMemory before = new NodeMemory(0, 0, Map.of("A", 100L, "B", 50L, "C", 5L));
    NodeMemory after = new NodeMemory(0, 0, Map.of("A", 110L, "B", 90L, "C", 1L, "D", 30L));

    assertThat(after.growthSince(before, 2))
        .containsExactly(Map.entry("B", 40L), Map.entry("D", 30L));
  }

  @Test
  void whatIsNoHistogramShouldBeRefused() {
    assertThatThrownBy(() -> NodeMemory.parse(STATUS, "4711: no such process"))
        .isInstanceOf(IOException.class);
  }
}
