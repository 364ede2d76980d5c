package io.tributary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.identity.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link OwedMarkers} keeps. May share its storage with others. */
public interface OwedMarkersContract {
  OwedMarkers testee();

  @Test
  default void whatWasMarkedShouldBeListedOnce() {
    LogId log = drawnLog();

    mark(log, 3);
    mark(log, 3);
    mark(log, 7);

    assertThat(all()).containsOnlyOnce(log.user());
  }

  @Test
  default void whatWasClearedShouldNotBeListed() {
    LogId log = drawnLog();
    mark(log, 3);

    clear(log, 4);

    assertThat(all()).doesNotContain(log.user());
  }

  @Test
  default void aMailboxShouldBeMarkedAgainAfterItWasCleared() {
    LogId log = drawnLog();
    mark(log, 3);
    clear(log, 4);

    mark(log, 5);

    assertThat(all()).contains(log.user());
  }

  @Test
  default void theHighestEntryShouldWinWhateverTheOrder() {
    LogId cleared = drawnLog();
    clear(cleared, 9);
    mark(cleared, 8);
    LogId marked = drawnLog();
    mark(marked, 9);
    clear(marked, 8);

    assertThat(all()).contains(marked.user()).doesNotContain(cleared.user());
  }

  @Test
  default void atTheSameEntryTheRemovalShouldWin() {
    LogId before = drawnLog();
    mark(before, 5);
    clear(before, 5);
    LogId after = drawnLog();
    clear(after, 5);
    mark(after, 5);

    assertThat(all()).doesNotContain(before.user(), after.user());
  }

  @Test
  default void aLaterGenerationShouldWinOverHigherEntries() {
    LogId first = drawnLog();
    LogId second = new LogId(first.user(), 2);
    mark(first, 1_000_000);
    clear(first, 1_000_001);

    mark(second, 2);

    assertThat(all()).contains(first.user());
  }

  @Test
  default void listingShouldBePagedInRowOrder() {
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      LogId log = drawnLog();
      users.add(log.user());
      mark(log, 1);
    }

    List<UserId> listed = all();

    assertThat(listed).containsAll(users).doesNotHaveDuplicates();
    assertThat(listed)
        .isSortedAccordingTo(
            Comparator.comparing((UserId user) -> user.slot().number())
                .thenComparing(user -> user));
  }

  @Test
  default void anUnreasonablePageShouldBeRefused() {
    assertThatThrownBy(() -> testee().list(Optional.empty(), 0).blockingGet())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> testee().list(Optional.empty(), 1_001).blockingGet())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void entriesShouldBeginAtOne() {
    LogId log = drawnLog();

    LongStream.of(0, -1)
        .forEach(
            entry ->
                assertThatThrownBy(() -> mark(log, entry))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private void mark(LogId log, long entry) {
    testee().mark(log, entry).blockingAwait();
  }

  private void clear(LogId log, long entry) {
    testee().clear(log, entry).blockingAwait();
  }

  private List<UserId> all() {
    List<UserId> all = new ArrayList<>();
    Optional<UserId> after = Optional.empty();
    List<UserId> page;
    do {
      page = testee().list(after, 7).blockingGet();
      all.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == 7);
    return all;
  }

  private static LogId drawnLog() {
    return new LogId(new UserId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)), 1);
  }
}
