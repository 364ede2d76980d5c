package io.tributary.channels.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.sms.SmsWebhooks.Kind;
import io.tributary.channels.sms.Webhooks.Sent;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus.State;
import io.tributary.codecs.sms.TimedSignature;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each provider's payloads, through the whole channel. */
class ProvidersTest {
  private final Webhooks webhooks = new Webhooks();

  @Test
  void twilioJsonShouldSayWhatTheFormSays() {
    JsonObject json = new JsonObject();
    Webhooks.twilioFields().forEach(json::put);
    json.put("NumSegments", 3).put("Body", "grüße 😀");

    assertThat(webhooks.status(Webhooks.twilioJson(json.encode()))).isEqualTo(204);

    assertThat(stored().text()).isEqualTo("grüße 😀");
    assertThat(stored().sms().orElseThrow().segments()).isEqualTo(3);
  }

  @Test
  void twilioMediaShouldBePartsWithTheirUrls() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("Body", "");
    fields.put("NumMedia", "2");
    fields.put("MediaUrl0", "https://api.twilio.com/media/0");
    fields.put("MediaContentType0", "image/JPEG");
    fields.put("MediaUrl1", "https://api.twilio.com/media/1");
    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(204);

    assertThat(stored().text()).isEmpty();
    assertThat(stored().parts())
        .containsExactly(
            new Part("", "image/jpeg", 0, "https://api.twilio.com/media/0"),
            new Part("", "application/octet-stream", 0, "https://api.twilio.com/media/1"));
  }

  @Test
  void mediaShouldBeBounded() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("NumMedia", "999999999");
    for (int i = 0; i < 20; i++) {
      fields.put("MediaUrl" + i, "https://api.twilio.com/media/" + i);
    }

    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(204);
    assertThat(stored().parts()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "javascript:alert(1)", "ftp://x/y", "https://x/ y", "//x/y"})
  void mediaElsewhereShouldBeNamed(String url) {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("NumMedia", "1");
    fields.put("MediaUrl0", url);

    SmsReply reply = webhooks.send(Webhooks.twilio(fields));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith("MediaUrl0: ");
  }

  @ParameterizedTest
  @CsvSource({
    "accepted,QUEUED",
    "queued,QUEUED",
    "sending,QUEUED",
    "sent,SENT",
    "delivered,DELIVERED",
    "read,READ",
    "undelivered,FAILED",
    "failed,FAILED",
    "canceled,FAILED",
  })
  void twilioStatusShouldBeUnderstood(String status, State state) {
    webhooks.status(Bodies.twilioStatus(status));

    assertThat(webhooks.statuses.noted.get(0).state()).isEqualTo(state);
  }

  @Test
  void vonageMessageShouldBeStored() {
    assertThat(webhooks.status(vonage(Bodies.vonage()))).isEqualTo(204);

    Delivery delivery = webhooks.intake.deliveries().get(0);
    assertThat(delivery.envelope().from().address()).hasToString("sms:+12025550177");
    assertThat(delivery.envelope().from().verified()).isTrue();
    assertThat(delivery.recipient().resolvedBy()).hasToString("sms:+12025550101");
    assertThat(stored().text()).isEqualTo("Nexmo Verification code: 64873");
    assertThat(stored().sms().orElseThrow().segments()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "video", "audio", "file", "vcard"})
  void vonageMediaShouldBeAPart(String kind) {
    JsonObject json = Bodies.vonage().put("channel", "mms").put("message_type", kind);
    json.remove("text");
    json.put(kind, new JsonObject().put("url", "https://example.com/x.jpg").put("name", "x.jpg"));

    assertThat(webhooks.status(vonage(json))).isEqualTo(204);
    assertThat(stored().parts())
        .containsExactly(
            new Part("x.jpg", "application/octet-stream", 0, "https://example.com/x.jpg"));
  }

  @ParameterizedTest
  @CsvSource({"channel,whatsapp", "from,+", "to,x", "message_uuid,''", "text,[]", "sms,1"})
  void malformedFieldOfVonageShouldBeNamed(String field, String value) {
    Object wrong = value.equals("[]") ? new JsonObject() : value;

    SmsReply reply = webhooks.send(vonage(Bodies.vonage().put(field, wrong)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource({
    "submitted,SENT",
    "delivered,DELIVERED",
    "read,READ",
    "rejected,FAILED",
    "undeliverable,FAILED",
  })
  void vonageStatusShouldBeUnderstood(String status, State state) {
    JsonObject json =
        new JsonObject()
            .put("channel", "sms")
            .put("message_uuid", "u1")
            .put("from", "12025550101")
            .put("to", "12025550177")
            .put("status", status);
    Sent sent = vonage(json);
    sent.kind = Kind.STATUS;

    assertThat(webhooks.status(sent)).isEqualTo(204);
    assertThat(webhooks.statuses.noted.get(0).state()).isEqualTo(state);
  }

  @Test
  void genericMessageShouldBeStoredWithAllItSays() {
    String body =
        new JsonObject(Bodies.generic())
            .put("segments", 4)
            .put("consent", "START")
            .put(
                "media",
                new io.vertx.core.json.JsonArray()
                    .add(
                        new JsonObject()
                            .put("url", "https://example.com/a")
                            .put("contentType", "image/png")
                            .put("name", "a.png")))
            .encode();

    assertThat(webhooks.status(Webhooks.generic(body))).isEqualTo(204);

    assertThat(stored().sms().orElseThrow().segments()).isEqualTo(4);
    assertThat(stored().sms().orElseThrow().consent()).hasValue(Consent.START);
    assertThat(stored().parts())
        .containsExactly(new Part("a.png", "image/png", 0, "https://example.com/a"));
  }

  @Test
  void genericSignatureShouldBeFresh() {
    long tolerance = Generic.TOLERANCE.toSeconds();
    assertThat(webhooks.status(generic(-tolerance))).isEqualTo(204);
    assertThat(webhooks.status(generic(tolerance))).isEqualTo(204);
    assertThat(webhooks.status(generic(-tolerance - 1))).isEqualTo(403);
    assertThat(webhooks.status(generic(tolerance + 1))).isEqualTo(403);
  }

  @Test
  void genericReportShouldBeNoted() {
    String body =
        "{\"account\":\"acme\",\"id\":\"7\",\"from\":\"%s\",\"state\":\"read\"}"
            .formatted(Webhooks.ALICE);
    Sent sent = Webhooks.generic(body);
    sent.kind = Kind.STATUS;

    assertThat(webhooks.status(sent)).isEqualTo(204);
    assertThat(webhooks.statuses.noted.get(0).state()).isEqualTo(State.READ);
  }

  @Test
  void emojiShouldStayAndHalvesOfPairsBeReplaced() {
    assertThat(webhooks.status(Webhooks.generic(Bodies.generic("😀 \ud83d x \ude00"))))
        .isEqualTo(204);

    assertThat(stored().text()).isEqualTo("😀 \ufffd x \ufffd");
  }

  @Test
  void textOverTheLimitShouldBeNamed() {
    Map<String, String> fields = Webhooks.twilioFields();
    fields.put("Body", "ä".repeat(Content.TEXT_BYTES_MAX / 2));
    assertThat(webhooks.status(Webhooks.twilio(fields))).isEqualTo(204);

    fields.put("Body", "ä".repeat(Content.TEXT_BYTES_MAX / 2) + "x");
    SmsReply reply = webhooks.send(Webhooks.twilio(fields));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith("Body: ");
  }

  private static Sent vonage(JsonObject json) {
    return Webhooks.vonage(json.encode(), VonageOracleTest.token(json.encode()));
  }

  private static Sent generic(long secondsFromNow) {
    Sent sent = Webhooks.generic(Bodies.generic());
    long seconds = Webhooks.NOW.getEpochSecond() + secondsFromNow;
    Bytes body = Bytes.ofUtf8(new String(sent.body, StandardCharsets.UTF_8));
    return sent.with(
        TimedSignature.HEADER,
        TimedSignature.of(seconds, sent.url, body, Webhooks.SECRET).toString());
  }

  private Content stored() {
    return webhooks.intake.deliveries().get(0).content();
  }
}
