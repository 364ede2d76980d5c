package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesShouldBeTheNearestRank() {
    int[] oneToHundredMillis = IntStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000).toArray();

    Latencies latencies = new Latencies(oneToHundredMillis);

    assertThat(latencies.percentileMillis(0.5)).isEqualTo(50);
    assertThat(latencies.percentileMillis(0.99)).isEqualTo(99);
    assertThat(latencies.percentileMillis(1)).isEqualTo(100);
    assertThat(latencies.percentileMillis(0.001)).isEqualTo(1);
  }

  @Test
  void oneCallShouldBeEveryPercentile() {
    Latencies latencies = new Latencies(new int[] {2_500});

    assertThat(latencies.percentileMillis(0.5)).isEqualTo(2.5);
    assertThat(latencies.percentileMillis(0.99)).isEqualTo(2.5);
  }

  @Test
  void noCallShouldBeZero() {
    assertThat(new Latencies(new int[0]).percentileMillis(0.99)).isZero();
  }

  @Test
  void aPartOutsideItsBoundsShouldBeRefused() {
    assertThatThrownBy(() -> new Latencies(new int[] {1}).percentileMillis(99))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
