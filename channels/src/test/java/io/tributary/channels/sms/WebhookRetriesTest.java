package io.tributary.channels.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.sms.SmsObserver.Settlement;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A provider that repeats each webhook until it is 204, at times twice at once and at times again
 * after that, to mailboxes that are away, slow, or store a message and never say so.
 */
class WebhookRetriesTest {
  private static final int MESSAGES = 8;

  private final Webhooks webhooks = new Webhooks();
  private final Map<Bytes, String> stored = new HashMap<>();
  private final Set<Integer> done = new HashSet<>();
  private Random chance = new Random(0);
  private double trouble;

  @Property(tries = 200)
  void everyMessageShouldBeStoredOnceAndSaidToBeOnlyThen(@ForAll long seed) {
    chance = new Random(seed);
    trouble = 0.8;
    stored.clear();
    done.clear();
    webhooks.lookup.answerBy(
        address ->
            chance.nextDouble() < trouble / 4
                ? Single.just(new LookupOutcome.Retry("away"))
                : webhooks.lookup.known(address));
    webhooks.intake.answerBy(this::mailbox);

    for (int round = 0; done.size() < MESSAGES; round++) {
      trouble = round < 20 ? 0.8 : 0;
      for (int number = 0; number < MESSAGES; number++) {
        if (!done.contains(number) || chance.nextDouble() < 0.2) {
          attempt(number);
        }
      }
      assertThat(round).isLessThan(25);
    }

    assertThat(stored.values()).containsExactlyInAnyOrderElementsOf(texts());
    assertThat(webhooks.observer.inFlight).isZero();
    assertThat(webhooks.observer.count(Settlement.REJECTED)).isPositive();
  }

  private void attempt(int number) {
    List<SmsReply> once = webhooks.begin(webhook(number));
    List<SmsReply> twin = chance.nextDouble() < 0.3 ? webhooks.begin(webhook(number)) : once;
    webhooks.scheduler.advanceTimeBy(Webhooks.PORT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    answered(number, once);
    answered(number, twin);
  }

  private void answered(int number, List<SmsReply> replies) {
    assertThat(replies).hasSize(1);
    int status = replies.get(0).status();
    assertThat(status).isIn(204, 503);
    if (status == 204) {
      assertThat(stored).containsValue(text(number));
      done.add(number);
    }
  }

  /** Stores what it has not, but may not say so, or not in time. */
  private Single<IntakeOutcome> mailbox(Delivery delivery) {
    if (chance.nextDouble() < trouble / 2) {
      return Single.just(new IntakeOutcome.Retry("away"));
    }
    String before = stored.put(delivery.key().orElseThrow(), delivery.content().text());
    if (chance.nextDouble() < trouble / 2) {
      return Single.never();
    }
    Single<IntakeOutcome> answer =
        Single.just(before == null ? new IntakeOutcome.Stored() : new IntakeOutcome.Duplicate());
    int delayMillis = (int) (chance.nextDouble() * trouble * 20_000);
    return answer.delay(delayMillis, TimeUnit.MILLISECONDS, webhooks.scheduler);
  }

  private static Webhooks.Sent webhook(int number) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("MessageSid", "SM" + number);
    fields.put("Body", text(number));
    return Webhooks.twilio(fields);
  }

  private static String text(int number) {
    return "text " + number;
  }

  private static List<String> texts() {
    return java.util.stream.IntStream.range(0, MESSAGES)
        .mapToObj(WebhookRetriesTest::text)
        .toList();
  }
}
