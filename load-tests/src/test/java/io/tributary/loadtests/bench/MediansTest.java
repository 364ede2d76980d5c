package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void theMedianShouldStandInTheMiddle() {
    assertThat(Medians.of(900, 1, 5)).isEqualTo(5);
    assertThat(Medians.of(4, 1, 2, 900)).isEqualTo(3);
    assertThat(Medians.of(7)).isEqualTo(7);
  }

  @Test
  void nothingShouldHaveNoMedian() {
    assertThatThrownBy(() -> Medians.of()).isInstanceOf(IllegalArgumentException.class);
  }
}
