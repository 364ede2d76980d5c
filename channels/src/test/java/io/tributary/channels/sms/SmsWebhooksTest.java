package io.tributary.channels.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.sms.SmsObserver.Settlement;
import io.tributary.channels.sms.SmsWebhooks.Kind;
import io.tributary.channels.sms.Webhooks.Sent;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.codecs.message.SmsStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whom, and what reaches the mailbox. */
class SmsWebhooksTest {
  private final Webhooks webhooks = new Webhooks();

  @Test
  void signedMessageShouldBeStoredAsItCame() {
    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(204);

    Delivery delivery = webhooks.intake.deliveries().get(0);
    assertThat(delivery.envelope().channel()).isEqualTo(Channel.SMS);
    assertThat(delivery.envelope().from().address()).hasToString("sms:+12025550177");
    assertThat(delivery.envelope().from().standing()).isEqualTo(Standing.VERIFIED);
    assertThat(delivery.envelope().to()).asString().isEqualTo("[sms:+12025550101]");
    assertThat(delivery.envelope().receivedMillis()).isEqualTo(Webhooks.NOW.toEpochMilli());
    assertThat(delivery.content().text()).isEqualTo("hello");
    assertThat(delivery.content().sms().orElseThrow().segments()).isEqualTo(1);
    assertThat(delivery.key()).isPresent();
  }

  @Test
  void repetitionShouldHaveTheSameKeyAndAnotherMessageAnother() {
    Map<String, String> other = Webhooks.twilioFields();
    other.put("MessageSid", "SM0124");
    webhooks.status(Webhooks.twilio(Webhooks.twilioFields()));
    webhooks.intake.answer(new IntakeOutcome.Duplicate());

    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(204);
    assertThat(webhooks.status(Webhooks.twilio(other))).isEqualTo(204);

    assertThat(webhooks.intake.deliveries().stream().map(Delivery::key).distinct()).hasSize(2);
    assertThat(webhooks.observer.count(Settlement.STORED)).isEqualTo(1);
    assertThat(webhooks.observer.count(Settlement.DUPLICATE)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"twilio,nobody", "vonage,shadow", "other,main", "'',''", "Twilio,main"})
  void unknownAccountShouldBeRefusedFirst(String provider, String account) {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    sent.account = new SmsAccount.Name(provider, account);
    sent.contentType = Optional.of("text/plain");

    assertThat(webhooks.status(sent)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=latin1",
        "application/x-www-form-urlencoded; charset=utf-8; x=y",
        "application/jsonp",
        "nonsense",
        "",
      })
  void otherMediaTypesShouldBeRefusedBeforeTheSignature(String type) {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields()).with("X-Twilio-Signature", "wrong");
    sent.contentType = Optional.of(type).filter(given -> !given.isEmpty());

    SmsReply reply = webhooks.send(sent);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.detail()).contains("application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded; charset=UTF-8",
        "Application/X-WWW-Form-Urlencoded;charset=\"utf-8\"",
        "application/x-www-form-urlencoded;",
      })
  void mediaTypesMayNameTheirCharset(String type) {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    sent.contentType = Optional.of(type);

    assertThat(webhooks.status(sent)).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "😀"})
  void wrongSignatureShouldBeRefusedBeforeTheBodyIsRead(String signature) {
    Sent sent = Webhooks.twilio("main", "nonsense").with("X-Twilio-Signature", signature);

    assertThat(webhooks.status(sent)).isEqualTo(403);
    assertThat(webhooks.observer.signatureFailures).containsExactly("twilio/main ENFORCE");
    assertThat(webhooks.lookup.asked()).isEmpty();
  }

  @Test
  void missingSignatureShouldBeRefused() {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    sent.headers.clear();

    assertThat(webhooks.status(sent)).isEqualTo(403);
  }

  @Test
  void signatureOverAnotherUrlShouldBeRefused() {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    sent.url = sent.url + "/";

    assertThat(webhooks.status(sent)).isEqualTo(403);
  }

  @Test
  void signatureByAnySecretInRotationShouldBeTaken() {
    String form = Webhooks.form(Webhooks.twilioFields());

    assertThat(webhooks.status(Webhooks.twilio("rotating", form))).isEqualTo(204);
  }

  @Test
  void shadowShouldCountAndTakeItAsUnproved() {
    String form = Webhooks.form(Webhooks.twilioFields());
    Sent wrong = Webhooks.twilio("shadow", form).with("X-Twilio-Signature", "wrong");

    assertThat(webhooks.status(wrong)).isEqualTo(204);
    assertThat(webhooks.status(Webhooks.twilio("shadow", form))).isEqualTo(204);

    assertThat(webhooks.observer.signatureFailures).containsExactly("twilio/shadow SHADOW");
    assertThat(webhooks.intake.deliveries())
        .extracting(delivery -> delivery.envelope().from().standing())
        .containsExactly(Standing.OUTSIDE, Standing.VERIFIED);
  }

  @Test
  void bodyOfAnotherAccountShouldBeRefused() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("AccountSid", "AC2");

    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(403);
    assertThat(webhooks.status(Webhooks.generic(Bodies.generic().replace("acme", "other"))))
        .isEqualTo(403);
    assertThat(webhooks.intake.deliveries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccountSid", "MessageSid", "From", "To"})
  void missingFieldShouldBeNamed(String field) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.remove(field);

    SmsReply reply = webhooks.send(Webhooks.twilio(fields));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From|+1",
        "From|whatsapp:+12025550177",
        "From|''",
        "From|+1202555017700000",
        "To|12025550101",
        "To|Acme",
        "To|+",
        "To|😀",
        "MessageSid|a b",
        "NumSegments|many",
        "NumMedia|-1",
      })
  void malformedFieldShouldBeNamedWithoutItsValue(String field, String value) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put(field, value);

    SmsReply reply = webhooks.send(Webhooks.twilio(fields));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith(field + ": ");
    assertThat(value.length() > 2 && reply.detail().contains(value)).isFalse();
  }

  @Test
  void unknownNumberShouldBe404() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("To", "+12025550199");
    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(404);

    fields.put("To", "12345");
    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(404);
  }

  @Test
  void directoryAwayShouldBe503() {
    webhooks.lookup.answerBy(address -> Single.just(new LookupOutcome.Retry("away")));

    SmsReply reply = webhooks.send(Webhooks.twilio(Webhooks.twilioFields()));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.retryAfter()).hasValue(Duration.ofSeconds(5));
    assertThat(webhooks.observer.accepted).isZero();
  }

  @Test
  void storeAwayShouldBe503AndTheRetryStoredOnce() {
    webhooks.intake.answer(new IntakeOutcome.Retry("storage does not answer"));
    SmsReply refused = webhooks.send(Webhooks.twilio(Webhooks.twilioFields()));
    webhooks.intake.answer(new IntakeOutcome.Stored());

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(204);
    assertThat(webhooks.intake.deliveries().stream().map(Delivery::key).distinct()).hasSize(1);
    assertThat(webhooks.observer.count(Settlement.REJECTED)).isEqualTo(1);
  }

  @Test
  void numberThatChangedHandsShouldBeTriedAgain() {
    webhooks.intake.answer(new IntakeOutcome.NotMine());

    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(503);
  }

  @Test
  void noAnswerShouldBe503InTime() {
    webhooks.intake.hold();
    List<SmsReply> replies = webhooks.begin(Webhooks.twilio(Webhooks.twilioFields()));
    webhooks.scheduler.triggerActions();
    assertThat(replies).isEmpty();
    assertThat(webhooks.observer.inFlight).isEqualTo(1);

    webhooks.scheduler.advanceTimeBy(Webhooks.PORT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);

    assertThat(replies).extracting(SmsReply::status).containsExactly(503);
    assertThat(webhooks.observer.inFlight).isZero();
  }

  @Test
  void lookupAndDeliveryShouldShareTheTime() {
    SingleSubject<LookupOutcome> lookup = SingleSubject.create();
    webhooks.lookup.answerBy(address -> lookup);
    webhooks.intake.hold();
    List<SmsReply> replies = webhooks.begin(Webhooks.twilio(Webhooks.twilioFields()));
    webhooks.scheduler.advanceTimeBy(Webhooks.PORT_TIMEOUT.toMillis() - 10, TimeUnit.MILLISECONDS);
    webhooks.lookup.known(webhooks.lookup.asked().get(0)).subscribe(lookup);

    webhooks.scheduler.advanceTimeBy(9, TimeUnit.MILLISECONDS);
    assertThat(replies).isEmpty();
    webhooks.scheduler.advanceTimeBy(1, TimeUnit.MILLISECONDS);

    assertThat(replies).extracting(SmsReply::status).containsExactly(503);
    assertThat(webhooks.observer.inFlight).isZero();
    assertThat(webhooks.observer.count(Settlement.REJECTED)).isEqualTo(1);
  }

  @Test
  void brokenPortsShouldBe503() {
    webhooks.intake.answerBy(delivery -> Single.error(new IllegalStateException("broken")));
    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(503);

    webhooks.lookup.answerBy(address -> Single.error(new IllegalStateException("broken")));
    assertThat(webhooks.status(Webhooks.twilio(Webhooks.twilioFields()))).isEqualTo(503);
    assertThat(webhooks.observer.inFlight).isZero();
  }

  @ParameterizedTest
  @CsvSource({"Stop,STOP", "' UNSUBSCRIBE ',STOP", "start,START", "Help,HELP", "yes,", "stop it,"})
  void keywordShouldBeNotedWithTheText(String text, Consent consent) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("Body", text);
    webhooks.status(Webhooks.twilio(fields));

    Delivery delivery = webhooks.intake.deliveries().get(0);
    assertThat(delivery.content().text()).isEqualTo(text);
    assertThat(delivery.content().sms().orElseThrow().consent())
        .isEqualTo(Optional.ofNullable(consent));
  }

  @ParameterizedTest
  @CsvSource({"STOP,STOP", "HELP,HELP", "START,"})
  void whatIsNotProvedMayStopButNotStart(String text, Consent consent) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("Body", text);
    Sent forged = Webhooks.twilio("shadow", Webhooks.form(fields)).with("X-Twilio-Signature", "x");

    assertThat(webhooks.status(forged)).isEqualTo(204);

    assertThat(webhooks.intake.deliveries().get(0).content().sms().orElseThrow().consent())
        .isEqualTo(Optional.ofNullable(consent));
  }

  @Test
  void providersWordAboutConsentShouldCountMore() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("Body", "arrêt");
    fields.put("OptOutType", "STOP");
    webhooks.status(Webhooks.twilio(fields));

    assertThat(webhooks.intake.deliveries().get(0).content().sms().orElseThrow().consent())
        .hasValue(Consent.STOP);
  }

  @Test
  void sendersNameShouldBeTakenButProveNothing() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("From", "ACME");
    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(204);

    var author = webhooks.intake.deliveries().get(0).envelope().from();
    assertThat(author.address()).hasToString("sms:acme");
    assertThat(author.standing()).isEqualTo(Standing.OUTSIDE);
    assertThat(author.name()).isEqualTo("ACME");
  }

  @Test
  void reportShouldReachTheUserWhoseNumberItWentOutFrom() {
    assertThat(webhooks.status(Bodies.twilioStatus("delivered"))).isEqualTo(204);

    assertThat(webhooks.statuses.noted)
        .containsExactly(new SmsStatus("twilio", "main", "SM9", State.DELIVERED));
  }

  @Test
  void reportShouldPassTheSameChecks() {
    Sent unsigned = Bodies.twilioStatus("sent").with("X-Twilio-Signature", "x");
    assertThat(webhooks.status(unsigned)).isEqualTo(403);
    assertThat(webhooks.send(Bodies.twilioStatus("vanished")).detail())
        .startsWith("MessageStatus: ");
    webhooks.lookup.answerBy(address -> Single.just(new LookupOutcome.Unknown()));
    assertThat(webhooks.status(Bodies.twilioStatus("sent"))).isEqualTo(404);
    webhooks.lookup.answerBy(webhooks.lookup::known);
    webhooks.statuses.answer = Single.just(new SmsStatusIntake.Outcome.Retry("away"));
    assertThat(webhooks.status(Bodies.twilioStatus("sent"))).isEqualTo(503);
    webhooks.statuses.answer = Single.error(new IllegalStateException("broken"));
    assertThat(webhooks.status(Bodies.twilioStatus("sent"))).isEqualTo(503);
  }

  @Property(tries = 300)
  void anySignedTextShouldBeStoredWithoutHalvesOfPairs(@ForAll String text) {
    Webhooks fresh = new Webhooks();
    String body = Bodies.generic(text);

    assertThat(fresh.status(Webhooks.generic(body))).isEqualTo(204);

    String stored = fresh.intake.deliveries().get(0).content().text();
    assertThat(stored.codePoints()).noneMatch(c -> c >= 0xd800 && c < 0xe000);
  }

  @Property(tries = 300)
  void anyBytesShouldBeAnswered(@ForAll byte[] bytes) {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    sent.body = bytes;
    assertThat(webhooks.status(sent)).isEqualTo(403);

    sent.account = new SmsAccount.Name("twilio", "shadow");
    assertThat(webhooks.status(sent)).isEqualTo(400);
    sent.contentType = Optional.of(Webhooks.JSON);
    assertThat(webhooks.status(sent)).isEqualTo(400);
    sent.kind = Kind.STATUS;
    assertThat(webhooks.status(sent)).isEqualTo(400);
  }
}
