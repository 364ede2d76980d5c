package io.tributary.channels.smtp.testing;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.MessageIntake;
import io.tributary.codecs.message.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Notes each delivery and answers as told: at once by a rule, or when the test says so. */
public final class ScriptedIntake implements MessageIntake {
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Deque<SingleSubject<IntakeOutcome>> waiting = new ArrayDeque<>();
  private Function<Delivery, Single<IntakeOutcome>> rule =
      delivery -> Single.just(new IntakeOutcome.Stored());

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    return Single.defer(
        () -> {
          deliveries.add(delivery);
          return rule.apply(delivery);
        });
  }

  public void answerBy(Function<Delivery, Single<IntakeOutcome>> rule) {
    this.rule = rule;
  }

  public void answer(IntakeOutcome outcome) {
    answerBy(delivery -> Single.just(outcome));
  }

  /** From now on each delivery waits for {@link #release}. */
  public void hold() {
    answerBy(
        delivery -> {
          SingleSubject<IntakeOutcome> answer = SingleSubject.create();
          waiting.add(answer);
          return answer;
        });
  }

  /** Answers the one that was handed in first, though its caller may wait no more. */
  public void release(IntakeOutcome outcome) {
    waiting.remove().onSuccess(outcome);
  }

  /** Answers the one whose caller has waited longest and still does. */
  public void releaseOldest(IntakeOutcome outcome) {
    waiting.removeIf(answer -> !answer.hasObservers());
    release(outcome);
  }

  /** Deliveries whose caller still waits. */
  public long pending() {
    return waiting.stream().filter(SingleSubject::hasObservers).count();
  }

  /** Every delivery handed in, in order. */
  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }
}
