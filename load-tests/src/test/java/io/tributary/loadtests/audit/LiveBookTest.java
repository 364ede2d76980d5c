package io.tributary.loadtests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveBookTest {
  private final LiveBook book = new LiveBook();

  @Test
  void aMessageThatCameOnceToBothShouldBeFine() {
    book.acknowledged("r-1", Set.of("alice", "bob"));
    book.seen("alice", "r-1");
    assertThat(book.isComplete()).isFalse();
    book.seen("bob", "r-1");

    assertThat(book.isComplete()).isTrue();
    assertThat(book.faults()).isEmpty();
  }

  @Test
  void whatNeverCameAndWhatCameTwiceShouldBeNamed() {
    book.acknowledged("r-1", Set.of("alice"));
    book.seen("bob", "r-2");
    book.seen("bob", "r-2");

    assertThat(book.faults())
        .containsExactly(
            "r-1 never came to a socket of alice", "r-2 came 2 times to a socket of bob");
  }

  @Test
  void afterAGapNothingShouldBeMissed() {
    book.acknowledged("r-1", Set.of("alice"));
    book.gap();

    assertThat(book.faults()).isEmpty();
  }
}
