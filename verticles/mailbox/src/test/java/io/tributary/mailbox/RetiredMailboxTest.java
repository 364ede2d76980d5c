package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.TO_DAVE;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.mailbox.Mailboxes.Rested;
import io.tributary.storage.AppendResult;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mailbox that was put to rest has given its state to another object: whoever still holds it, and
 * whatever answer comes late, it does nothing more.
 */
class RetiredMailboxTest {
  /** What others call on it, by the method's name. */
  private static final Map<String, BiConsumer<RetiredMailboxTest, Mailbox>> CALLS =
      new TreeMap<>(
          Map.of(
              "enter", RetiredMailboxTest::enter,
              "distrust", (test, mailbox) -> mailbox.distrust(),
              "wake", RetiredMailboxTest::wake,
              "read", RetiredMailboxTest::read,
              "leave", (test, mailbox) -> mailbox.leave(readiness -> {}),
              "page", (test, mailbox) -> mailbox.page(test.bench.stored()),
              "restored", (test, mailbox) -> mailbox.restored(new MailboxState(Bench.LOG)),
              "complete", (test, mailbox) -> mailbox.complete(1),
              "failed", (test, mailbox) -> mailbox.failed(1, new BrokenLogException("scripted"))));

  /** Called by its own {@link Offering}, which calls it within a change. */
  private static final Set<String> WITHIN_A_CHANGE = Set.of("stands", "taken");

  private final Bench bench = new Bench();
  private final ShardResources shared = bench.resources();
  private final List<Mailbox> restingOnes = new ArrayList<>();

  @BeforeEach
  void holdNothingUp() {
    bench.log.appendsAreHeld = false;
  }

  static Stream<String> calls() {
    return CALLS.keySet().stream();
  }

  @Test
  void everyCallShouldBeTested() {
    Set<String> tested = new TreeSet<>(CALLS.keySet());
    tested.addAll(WITHIN_A_CHANGE);
    Set<String> calls = new TreeSet<>();
    for (Method method : Mailbox.class.getDeclaredMethods()) {
      boolean open = !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic();
      if (open && method.getReturnType() == void.class) {
        calls.add(method.getName());
      }
    }
    assertThat(tested).isEqualTo(calls);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallShouldDoNothing(String call) {
    Mailbox retired = loaded(new Rested(new MailboxState(Bench.LOG), true, Optional.empty()));
    Rested left = retired.retire();
    Mailbox next = loaded(left);
    submit(next, send("1", TO_CAROL));
    bench.log.appendsAreHeld = true;
    submit(next, send("2", TO_DAVE));
    assertThat(bench.post.letters).hasSize(1);
    assertThat(bench.log.offers).hasSize(1);
    int reads = bench.log.reads;
    List<String> marks = List.copyOf(bench.markers.calls);
    long entry = left.committed().entry();

    Objects.requireNonNull(CALLS.get(call)).accept(this, retired);
    bench.pass(Duration.ofSeconds(4));

    assertThat(bench.post.letters).hasSize(1);
    assertThat(bench.log.offers).hasSize(1);
    assertThat(bench.log.reads).isEqualTo(reads);
    assertThat(bench.markers.calls).isEqualTo(marks);
    assertThat(left.committed().entry()).isEqualTo(entry);
    assertThat(restingOnes).doesNotContain(retired);
  }

  @Test
  void aCouriersAnswerShouldDoNothing() {
    Mailbox retired = loaded(new Rested(new MailboxState(Bench.LOG), true, Optional.empty()));
    submit(retired, send("1", TO_CAROL));
    ScriptedPost.Letter letter = bench.post.take();
    Rested left = retired.retire();

    letter.arrived();
    bench.pass(Duration.ofSeconds(4));

    assertThat(bench.stored()).hasSize(2);
    assertThat(left.committed().outstanding().isEmpty()).isFalse();
  }

  @Test
  void anAppendsLateAnswerShouldNotWakeWhatIsAtRest() {
    ScriptedLog.Offer late = restWhileItsAppendIsUnanswered();
    bench.execute(send("1", TO_CAROL)).assertValueCount(1);
    assertThat(bench.post.letters).hasSize(1);

    late.answer(new AppendResult.Appended());

    assertThat(bench.post.letters).hasSize(1);
    bench.post.take().arrived();
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.stored()).hasSize(4);
  }

  @Test
  void theTimeToOfferAgainShouldNotWakeWhatIsAtRest() {
    bench.log.appendsAreHeld = true;
    bench.deliver(mail("a"));
    ScriptedLog.Offer doubted = bench.log.takeOffer();
    doubted.apply();
    doubted.answer(new AppendResult.InDoubt("scripted"));
    readLatest();
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", TO_CAROL)).assertValueCount(1);

    bench.pass(Duration.ofSeconds(4));

    assertThat(bench.post.letters).hasSize(1);
    assertThat(bench.stored()).hasSize(3);
  }

  private ScriptedLog.Offer restWhileItsAppendIsUnanswered() {
    bench.log.appendsAreHeld = true;
    TestObserver<DeliverOutcome> delivered = bench.deliver(mail("a"));
    ScriptedLog.Offer late = bench.log.takeOffer();
    late.apply();
    readLatest();
    delivered.assertValueCount(1);
    bench.log.appendsAreHeld = false;
    return late;
  }

  private void readLatest() {
    bench
        .shard
        .listThreads(MAILBOX, PageRequest.first(50), Freshness.LATEST)
        .test()
        .assertValueCount(1);
  }

  /** It stands in for the shard: whoever wants to rest is noted, and goes on. */
  private Mailbox loaded(Rested from) {
    Mailbox mailbox = new Mailbox(shared, from, restingOnes::add);
    mailbox.read(Freshness.COMMITTED, readiness -> {});
    assertThat(mailbox.behind()).isFalse();
    restingOnes.clear();
    return mailbox;
  }

  private static TestObserver<CommandOutcome> submit(Mailbox mailbox, Command command) {
    return Single.<CommandOutcome>create(
            caller -> mailbox.enter(new PendingCommand(command, caller)))
        .test();
  }

  private void enter(Mailbox retired) {
    submit(retired, send("3", TO_DAVE)).assertValue(new CommandOutcome.Retry("mailbox at rest"));
    Single.<DeliverOutcome>create(
            caller -> retired.enter(new PendingDelivery(mail("a").delivery(), caller)))
        .test()
        .assertValue(new DeliverOutcome.Retry("mailbox at rest"));
  }

  private void wake(Mailbox retired) {
    List<String> done = new ArrayList<>();
    retired.wake(() -> done.add("woken"));
    assertThat(done).containsExactly("woken");
  }

  private void read(Mailbox retired) {
    for (Freshness freshness : Freshness.values()) {
      List<Readiness> told = new ArrayList<>();
      retired.read(freshness, told::add);
      assertThat(told).containsExactly(new Readiness.Unavailable("mailbox at rest"));
    }
  }
}
