package io.tributary.channels.sms;

import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.SmsStatus.State;
import io.tributary.codecs.sms.BadPayloadException;
import io.tributary.codecs.sms.ConsentKeyword;
import io.tributary.codecs.sms.Fields;
import io.tributary.codecs.sms.FormBody;
import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.InboundSms.Body;
import io.tributary.codecs.sms.InboundSms.Ends;
import io.tributary.codecs.sms.InboundSms.Field;
import io.tributary.codecs.sms.JsonBody;
import io.tributary.codecs.sms.SmsAddress;
import io.tributary.codecs.sms.SmsReport;
import io.tributary.codecs.sms.SmsText;
import io.tributary.codecs.sms.TwilioSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Twilio Programmable Messaging: forms, and JSON whose hash stands in the URL. */
final class Twilio implements SmsProvider {
  private static final String SIGNATURE = "X-Twilio-Signature";

  @Override
  public String name() {
    return "twilio";
  }

  @Override
  public boolean sends(String mediaType) {
    return mediaType.equals("application/x-www-form-urlencoded")
        || mediaType.equals("application/json");
  }

  /** It says no time: whoever replays a message gives the same id, which is a duplicate. */
  @Override
  public boolean signed(SmsRequest request, SmsAccount account, Instant now) {
    return request
        .header(SIGNATURE)
        .filter(signature -> signs(signature, request, account))
        .isPresent();
  }

  private static boolean signs(String signature, SmsRequest request, SmsAccount account) {
    if (!request.isForm()) {
      return account.anySecret(
          secret -> TwilioSignature.signsBody(signature, request.url(), request.body(), secret));
    }
    FormBody form = FormBody.parse(request.body());
    return account.anySecret(
        secret -> TwilioSignature.signsForm(signature, request.url(), form, secret));
  }

  @Override
  public InboundSms message(SmsRequest request) {
    Fields fields = fields(request);
    String account = fields.required("AccountSid");
    String id = SmsText.id(fields, "MessageSid");
    Ends ends =
        Ends.of(new Field("From", fields.required("From")), new Field("To", fields.required("To")));
    Body body =
        new Body(
            SmsText.text(fields, "Body"),
            fields.count("NumSegments"),
            fields.text("OptOutType").flatMap(ConsentKeyword::named),
            media(fields));
    return new InboundSms(Optional.of(account), id, ends, body);
  }

  private static List<Part> media(Fields fields) {
    int count = Math.min(fields.count("NumMedia").orElse(0), InboundSms.MEDIA_MAX);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                SmsText.media(
                    "MediaUrl" + i,
                    fields.required("MediaUrl" + i),
                    fields.text("MediaContentType" + i).orElse(""),
                    ""))
        .toList();
  }

  @Override
  public SmsReport report(SmsRequest request) {
    Fields fields = fields(request);
    return new SmsReport(
        Optional.of(fields.required("AccountSid")),
        SmsText.id(fields, "MessageSid"),
        SmsAddress.sender("From", fields.required("From")),
        state(fields.required("MessageStatus")));
  }

  private static State state(String status) {
    return switch (status) {
      case "accepted", "scheduled", "queued", "sending" -> State.QUEUED;
      case "sent", "partially_delivered" -> State.SENT;
      case "delivered" -> State.DELIVERED;
      case "read" -> State.READ;
      case "undelivered", "failed", "canceled" -> State.FAILED;
      default -> throw new BadPayloadException("MessageStatus", "a status of an outgoing message");
    };
  }

  private static Fields fields(SmsRequest request) {
    return request.isForm() ? FormBody.parse(request.body()) : JsonBody.parse(request.body());
  }
}
