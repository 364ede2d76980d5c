package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpentTest {
  @Test
  void processorTimeShouldBeReadFromWhatLinuxSays() {
    String stat = "4711 (a (b) c) S 1 1 1 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 30 0 100 1 2 3 4";

    assertThat(CpuTimes.micros(stat)).isEqualTo(3_000_000);
  }

  @Test
  void theMachineShouldNotBeBusyWhileItWaits() {
    String stat = "cpu  100 10 40 5000 700 0 20 30 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n";

    assertThat(CpuTimes.busyMicros(stat)).isEqualTo(2_000_000);
  }

  @Test
  void readingsShouldComeToWhatACallTook() {
    CpuTimes.Reading before = new CpuTimes.Reading(Map.of("node-1", 100L, "bench", 10L), 500, 0);
    CpuTimes.Reading after =
        new CpuTimes.Reading(Map.of("node-1", 700L, "bench", 110L), 1_500, 1_000_000);

    Spent spent = Spent.NOTHING.plus(after.since(before), 2);

    assertThat(spent.microsPerCall()).containsEntry("node-1", 300.0).containsEntry("bench", 50.0);
    assertThat(spent.cores("node-1")).isEqualTo(0.6);
    assertThat(spent.coresOfOthers()).isEqualTo(0.3);
  }

  @Test
  void noCallShouldTakeNothing() {
    assertThat(Spent.NOTHING.microsPerCall()).isEmpty();
    assertThat(Spent.NOTHING.coresOfOthers()).isZero();
  }
}
