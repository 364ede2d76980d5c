package io.tributary.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.UserId;
import io.tributary.server.router.Credits.Allowance;
import io.tributary.server.router.Credits.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CreditsTest {
  private static final UserId ALICE = new UserId(1);
  private static final UserId BOB = new UserId(2);

  @Test
  void aMailboxShouldGetNoMoreThanItsShare() {
    Credits testee = new Credits(new Allowance(2, 10));
    Permit first = testee.take(ALICE, "c1").orElseThrow();
    assertThat(testee.take(ALICE, "c1")).isPresent();
    assertThat(testee.take(ALICE, "c1")).isEmpty();
    assertThat(testee.take(BOB, "c1")).isPresent();

    first.giveBack();

    assertThat(testee.take(ALICE, "c1")).isPresent();
  }

  @Test
  void aCellShouldGetNoMoreThanItsShareAndARefusalShouldTakeNothing() {
    Credits testee = new Credits(new Allowance(2, 2));
    Permit alices = testee.take(ALICE, "c1").orElseThrow();
    assertThat(testee.take(ALICE, "c1")).isPresent();

    assertThat(testee.take(BOB, "c1")).isEmpty();
    assertThat(testee.take(BOB, "c2")).isPresent();

    alices.giveBack();
    alices.giveBack();
    assertThat(testee.take(BOB, "c1")).isPresent();
    assertThat(testee.take(BOB, "c1")).isEmpty();
  }

  @Test
  void nothingShouldBeRememberedOfMailboxesWithoutPermits() {
    Credits testee = new Credits(new Allowance(5, 100));
    List<Permit> permits = new ArrayList<>();
    for (long id = 1; id <= 100; id++) {
      permits.add(testee.take(new UserId(id), "c1").orElseThrow());
    }

    permits.forEach(Permit::giveBack);

    assertThat(testee.mailboxes()).isZero();
    assertThat(testee.taken()).isZero();
  }

  @Test
  void permitsShouldAddUpUnderContention() throws InterruptedException {
    Credits testee = new Credits(new Allowance(3, 3));
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      threads.execute(
          () -> {
            for (int round = 0; round < 20_000; round++) {
              Optional<Permit> permit = testee.take(ALICE, "c1");
              if (permit.isPresent()) {
                most.accumulateAndGet(held.incrementAndGet(), Math::max);
                held.decrementAndGet();
                permit.get().giveBack();
              }
            }
          });
    }
    threads.shutdown();

    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 3);
    assertThat(testee.taken()).isZero();
    assertThat(testee.mailboxes()).isZero();
  }
}
