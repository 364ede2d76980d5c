package io.tributary.channels.sms;

import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.SmsStatus.State;
import io.tributary.codecs.sms.BadPayloadException;
import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.InboundSms.Body;
import io.tributary.codecs.sms.InboundSms.Ends;
import io.tributary.codecs.sms.InboundSms.Field;
import io.tributary.codecs.sms.JsonBody;
import io.tributary.codecs.sms.JwtHs256;
import io.tributary.codecs.sms.Signatures;
import io.tributary.codecs.sms.SmsAddress;
import io.tributary.codecs.sms.SmsReport;
import io.tributary.codecs.sms.SmsText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Vonage Messages API, channels {@code sms} and {@code mms}: JSON, signed by a token whose claim
 * {@code payload_hash} names the body and whose {@code api_key} or {@code application_id} the
 * account.
 */
final class Vonage implements SmsProvider {
  /** How far the clocks may be apart, and how long a webhook may be under way. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SCHEME = "Bearer ";
  private static final List<String> MEDIA = List.of("image", "video", "audio", "vcard", "file");

  /** Without the +, which Vonage leaves out. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{6,14}");

  @Override
  public String name() {
    return "vonage";
  }

  @Override
  public boolean sends(String mediaType) {
    return mediaType.equals("application/json");
  }

  @Override
  public boolean signed(SmsRequest request, SmsAccount account, Instant now) {
    Optional<String> token =
        request
            .header("Authorization")
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(value -> value.substring(SCHEME.length()).strip());
    return token.isPresent()
        && account.anySecret(
            secret ->
                JwtHs256.claims(token.get(), secret)
                    .filter(claims -> isOf(account, claims) && isFresh(claims, now))
                    .filter(claims -> isAbout(request, claims))
                    .isPresent());
  }

  private static boolean isOf(SmsAccount account, JsonBody claims) {
    return Stream.of("api_key", "application_id")
        .flatMap(claim -> claims.text(claim).stream())
        .anyMatch(id -> Signatures.same(id, account.providerId()));
  }

  private static boolean isFresh(JsonBody claims, Instant now) {
    Optional<Long> issued = claims.number("iat");
    Optional<Long> expires = claims.number("exp");
    long tolerance = TOLERANCE.toSeconds();
    long seconds = now.getEpochSecond();
    return issued.filter(at -> Math.abs(seconds - at) <= tolerance).isPresent()
        && expires.map(at -> seconds <= at + tolerance).orElse(!claims.has("exp"));
  }

  private static boolean isAbout(SmsRequest request, JsonBody claims) {
    String hash = Signatures.sha256Hex(request.body());
    return claims.text("payload_hash").filter(claim -> Signatures.same(claim, hash)).isPresent();
  }

  @Override
  public InboundSms message(SmsRequest request) {
    JsonBody json = JsonBody.parse(request.body());
    requireChannel(json);
    String id = SmsText.id(json, "message_uuid");
    Ends ends = Ends.of(number(json, "from"), number(json, "to"));
    Optional<Integer> segments = json.object("sms").flatMap(sms -> sms.count("num_messages"));
    Body body = new Body(SmsText.text(json, "text"), segments, Optional.empty(), media(json));
    return new InboundSms(Optional.empty(), id, ends, body);
  }

  private static void requireChannel(JsonBody json) {
    String channel = json.required("channel");
    if (!channel.equals("sms") && !channel.equals("mms")) {
      throw new BadPayloadException("channel", "sms or mms");
    }
  }

  private static Field number(JsonBody json, String field) {
    String written = json.required(field);
    return new Field(field, NUMBER.matcher(written).matches() ? "+" + written : written);
  }

  private static List<Part> media(JsonBody json) {
    return MEDIA.stream()
        .flatMap(kind -> json.object(kind).map(found -> media(kind, found)).stream())
        .limit(InboundSms.MEDIA_MAX)
        .toList();
  }

  /** It tells the kind only; the type is known when the media is fetched. */
  private static Part media(String kind, JsonBody media) {
    return SmsText.media(kind + ".url", media.required("url"), "", media.text("name").orElse(""));
  }

  @Override
  public SmsReport report(SmsRequest request) {
    JsonBody json = JsonBody.parse(request.body());
    return new SmsReport(
        Optional.empty(),
        SmsText.id(json, "message_uuid"),
        SmsAddress.sender("from", number(json, "from").value()),
        state(json.required("status")));
  }

  private static State state(String status) {
    return switch (status) {
      case "submitted" -> State.SENT;
      case "delivered" -> State.DELIVERED;
      case "read" -> State.READ;
      case "rejected", "undeliverable" -> State.FAILED;
      default ->
          throw new BadPayloadException(
              "status", "submitted, delivered, read, rejected or undeliverable");
    };
  }
}
