package io.tributary.discovery.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class NodeTokensTest {
  @Test
  void tokensShouldStayWhatTheyAreForEver() {
    assertThat(NodeTokens.of("n1", 4).stream().map(Long::toHexString))
        .containsExactly(
            "21e6b3e4d614e8af", "4e9866dc57c253c3", "877d0c5dff9bfb01", "f57641e6a5b06cd9");
  }

  @Property(tries = 200)
  void tokensShouldRiseAndDiffer(@ForAll String id, @ForAll @IntRange(max = 4_096) int count) {
    List<Long> tokens = NodeTokens.of(id, count);
    assertThat(tokens).hasSize(count).doesNotHaveDuplicates();
    assertThat(tokens).isSortedAccordingTo(Long::compareUnsigned);
  }

  @Test
  void aNumberOfTokensThatNoNodeHasShouldBeRefused() {
    for (int count : new int[] {-1, 4_097}) {
      assertThatThrownBy(() -> NodeTokens.of("n1", count))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
