package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.stumbleupon.async.Deferred;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.CallMeters.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hbase.async.SomeFailures;
import org.junit.jupiter.api.Test;

/** Calls whose answers the test gives; nothing is connected. */
class HBaseCallsTest {

  private static final int OUTSTANDING_MAX = 3;
  private static final long DEADLINE_MILLIS = 2_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TestScheduler clock = new TestScheduler();
  private final HBaseClients clients = new HBaseClients(settings(), clock, meters);
  private final HBaseCalls calls =
      new HBaseCalls(clients, Duration.ofMillis(DEADLINE_MILLIS), meters);

  @Test
  void answerShouldArriveOnTheGivenScheduler() {
    Deferred<String> asked = new Deferred<>();
    TestObserver<String> call = start(asked);

    asked.callback("answer");
    call.assertNoValues();
    clock.triggerActions();
    call.assertResult("answer");
  }

  @Test
  void silenceShouldEndAtTheDeadlineAsUnknown() {
    TestObserver<String> call = start(new Deferred<>());

    clock.advanceTimeBy(DEADLINE_MILLIS - 1, TimeUnit.MILLISECONDS);
    call.assertNotComplete().assertNoErrors();
    clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    call.assertError(HBaseCallsTest::isUnknown);
  }

  @Test
  void callsBeyondTheBoundShouldBeRefusedUnasked() {
    List<Deferred<String>> asked = new ArrayList<>();
    for (int i = 0; i < OUTSTANDING_MAX; i++) {
      asked.add(new Deferred<>());
      start(asked.get(i)).assertNotComplete();
    }
    TestObserver<String> refused =
        calls.<String>run(Operation.GET, clock, client -> neverAsked()).test();
    clock.triggerActions();
    refused.assertError(HBaseCallsTest::isNotApplied);

    asked.get(0).callback("answer");
    start(new Deferred<>()).assertNotComplete().assertNoErrors();
  }

  @Test
  void callThatMissedItsDeadlineShouldKeepItsPlaceUntilItEnds() {
    List<Deferred<String>> asked = new ArrayList<>();
    for (int i = 0; i < OUTSTANDING_MAX; i++) {
      asked.add(new Deferred<>());
      start(asked.get(i));
    }
    clock.advanceTimeBy(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(clients.current().outstanding()).isEqualTo(OUTSTANDING_MAX);

    asked.forEach(late -> late.callback("late"));
    assertThat(clients.current().outstanding()).isZero();
  }

  @Test
  void replacedClientShouldTakeItsUnansweredCallsWithIt() {
    start(new Deferred<>());
    clients.replace(clients.current());

    assertThat(clients.current().outstanding()).isZero();
    assertThat(count("tributary.hbase.client.replacements")).isEqualTo(1);
  }

  @Test
  void failureShouldSayWhetherTheCallWasCarriedOut() {
    assertThat(failure(SomeFailures.connectionReset())).matches(HBaseCallsTest::isUnknown);
    assertThat(failure(SomeFailures.tooManyAttempts())).matches(HBaseCallsTest::isUnknown);
    assertThat(failure(SomeFailures.notServing())).matches(HBaseCallsTest::isNotApplied);
    assertThat(failure(SomeFailures.throttled())).matches(HBaseCallsTest::isNotApplied);
    assertThat(failure(SomeFailures.tableNotFound())).matches(HBaseCallsTest::isNotApplied);
    assertThat(failure(new IllegalStateException("theirs"))).matches(HBaseCallsTest::isUnknown);
    assertThat(failure(new IllegalArgumentException("ours")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void failureOfOneOfManyShouldBeTheFailureOfAll() {
    Deferred<ArrayList<String>> all =
        Deferred.groupInOrder(
            List.of(Deferred.fromResult("a"), Deferred.fromError(SomeFailures.notServing())));
    TestObserver<ArrayList<String>> call =
        calls.run(Operation.GET_EACH, clock, client -> all).test();
    clock.triggerActions();

    call.assertError(HBaseCallsTest::isNotApplied);
  }

  @Test
  void everyCallShouldBeCountedOnceByItsOutcome() {
    for (Exception answer :
        List.of(
            SomeFailures.notServing(),
            SomeFailures.connectionReset(),
            new IllegalArgumentException("ours"))) {
      assertThat(failure(answer)).isNotNull();
    }
    start(Deferred.fromResult("answer"));
    start(new Deferred<>());
    clock.triggerActions();

    for (String outcome : List.of("ok", "not_applied", "unknown", "error")) {
      assertThat(count("tributary.hbase.calls", "op", "get", "outcome", outcome))
          .as(outcome)
          .isEqualTo(1);
    }
    assertThat(meters.get("tributary.hbase.outstanding").gauge().value()).isEqualTo(1);
  }

  private TestObserver<String> start(Deferred<String> asked) {
    return calls.run(Operation.GET, clock, client -> asked).test();
  }

  private Throwable failure(Exception answer) {
    List<Throwable> seen = new ArrayList<>();
    TestObserver<String> call =
        calls
            .<String>run(Operation.GET, clock, client -> Deferred.fromError(answer))
            .doOnError(seen::add)
            .test();
    clock.triggerActions();
    call.assertError(failure -> true);
    return seen.get(0);
  }

  private double count(String name, String... tags) {
    return meters.counter(name, tags).count();
  }

  private static Deferred<String> neverAsked() {
    throw new AssertionError("it was asked");
  }

  private static boolean isUnknown(Throwable failure) {
    return failure instanceof StorageUnavailableException unavailable
        && !unavailable.certainlyNotApplied();
  }

  private static boolean isNotApplied(Throwable failure) {
    return failure instanceof StorageUnavailableException unavailable
        && unavailable.certainlyNotApplied();
  }

  private static HBaseSettings settings() {
    return new HBaseSettings(
        "127.0.0.1:1",
        "/hbase",
        new HBaseSettings.Table("c1", "log"),
        Duration.ofSeconds(3),
        OUTSTANDING_MAX);
  }
}
