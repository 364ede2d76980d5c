package io.tributary.discovery.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tributary.codecs.identity.UserId;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What `load-tests/bench lookup` measures, but for the time. */
final class LookupTest {
  private static final int USERS = 4_096;
  private static final int WARM_UPS = 20;

  @Test
  void aLookupShouldAllocateNothing() {
    MemoryLocator locator = new LookupWorld().locator();
    UserId[] users = LookupWorld.users(USERS);
    assertThat(allocatedBytes(users, user -> locator.nodeOf(user).isPresent())).isZero();
  }

  /** The measure itself: without it nothing would be noticed above. */
  @Test
  void anAllocationShouldBeSeen() {
    UserId[] users = LookupWorld.users(USERS);
    long[][] kept = new long[1][];
    assertThat(
            allocatedBytes(
                users,
                user -> {
                  kept[0] = new long[] {user.value()};
                  return true;
                }))
        .isGreaterThanOrEqualTo(24L * USERS);
  }

  @Test
  void whatLocatesABillionUsersShouldTakeLessThanAMegabyte() {
    assertThat(LookupWorld.retainedBytes()).isBetween((long) SlotTable.BYTES, 1_000_000L);
  }

  private static long allocatedBytes(UserId[] users, Predicate<UserId> lookup) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < WARM_UPS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      int found = found(users, lookup);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(found).isEqualTo(users.length);
    }
    return least;
  }

  private static int found(UserId[] users, Predicate<UserId> lookup) {
    int found = 0;
    for (UserId user : users) {
      found += lookup.test(user) ? 1 : 0;
    }
    return found;
  }
}
