package io.tributary.channels.sms;

import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.SmsStatus.State;
import io.tributary.codecs.sms.BadPayloadException;
import io.tributary.codecs.sms.ConsentKeyword;
import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.InboundSms.Body;
import io.tributary.codecs.sms.InboundSms.Ends;
import io.tributary.codecs.sms.InboundSms.Field;
import io.tributary.codecs.sms.JsonBody;
import io.tributary.codecs.sms.SmsAddress;
import io.tributary.codecs.sms.SmsReport;
import io.tributary.codecs.sms.SmsText;
import io.tributary.codecs.sms.TimedSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For any gateway that can be taught: JSON, signed by {@link TimedSignature}. A message is
 *
 * <pre>{"account":"…","id":"…","from":"+1…","to":"+1…","text":"…",
 * "segments":1,"consent":"STOP","media":[{"url":"…","contentType":"…","name":"…"}]}</pre>
 *
 * with the last line optional; a report {@code {"account","id","from","state"}}, the state being
 * queued, sent, delivered, read or failed.
 */
final class Generic implements SmsProvider {
  /** How far the clocks may be apart, and how long a webhook may be under way. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "generic";
  }

  @Override
  public boolean sends(String mediaType) {
    return mediaType.equals("application/json");
  }

  @Override
  public boolean signed(SmsRequest request, SmsAccount account, Instant now) {
    return request
        .header(TimedSignature.HEADER)
        .flatMap(TimedSignature::parse)
        .filter(signature -> isFresh(signature, now))
        .filter(
            signature ->
                account.anySecret(secret -> signature.signs(request.url(), request.body(), secret)))
        .isPresent();
  }

  private static boolean isFresh(TimedSignature signature, Instant now) {
    return Math.abs(now.getEpochSecond() - signature.seconds()) <= TOLERANCE.toSeconds();
  }

  @Override
  public InboundSms message(SmsRequest request) {
    JsonBody json = JsonBody.parse(request.body());
    String account = json.required("account");
    String id = SmsText.id(json, "id");
    Ends ends =
        Ends.of(new Field("from", json.required("from")), new Field("to", json.required("to")));
    Body body =
        new Body(
            SmsText.text(json, "text"),
            json.count("segments"),
            json.text("consent").flatMap(ConsentKeyword::named),
            media(json));
    return new InboundSms(Optional.of(account), id, ends, body);
  }

  private static List<Part> media(JsonBody json) {
    return json.objects("media").stream()
        .limit(InboundSms.MEDIA_MAX)
        .map(
            media ->
                SmsText.media(
                    "media.url",
                    media.required("url"),
                    media.text("contentType").orElse(""),
                    media.text("name").orElse("")))
        .toList();
  }

  @Override
  public SmsReport report(SmsRequest request) {
    JsonBody json = JsonBody.parse(request.body());
    return new SmsReport(
        Optional.of(json.required("account")),
        SmsText.id(json, "id"),
        SmsAddress.sender("from", json.required("from")),
        state(json.required("state")));
  }

  private static State state(String state) {
    return switch (state) {
      case "queued" -> State.QUEUED;
      case "sent" -> State.SENT;
      case "delivered" -> State.DELIVERED;
      case "read" -> State.READ;
      case "failed" -> State.FAILED;
      default -> throw new BadPayloadException("state", "queued, sent, delivered, read or failed");
    };
  }
}
