package io.tributary.channels.sms;

import io.tributary.channels.sms.SmsWebhooks.Kind;
import io.tributary.channels.sms.Webhooks.Sent;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What providers write. */
final class Bodies {
  private Bodies() {}

  static String generic() {
    return generic("hello");
  }

  static String generic(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    return "{\"account\":\"acme\",\"id\":\"1\",\"from\":\"%s\",\"to\":\"%s\",\"text\":\"%s\"}"
        .formatted(Webhooks.CAROL, Webhooks.ALICE, escaped);
  }

  static Sent twilioStatus(String status) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AccountSid", "AC1");
    fields.put("MessageSid", "SM9");
    fields.put("From", Webhooks.ALICE);
    fields.put("To", Webhooks.CAROL);
    fields.put("MessageStatus", status);
    Sent sent = Webhooks.twilio(fields);
    sent.kind = Kind.STATUS;
    return sent;
  }

  /** As in the Messages API reference, "Inbound Message". */
  static JsonObject vonage() {
    return new JsonObject()
        .put("channel", "sms")
        .put("message_uuid", "aaaaaaaa-bbbb-cccc-dddd-0123456789ab")
        .put("to", "12025550101")
        .put("from", "12025550177")
        .put("timestamp", "2025-02-03T12:14:25Z")
        .put("message_type", "text")
        .put("text", "Nexmo Verification code: 64873")
        .put("sms", new JsonObject().put("num_messages", "2").put("keyword", "NEXMO"))
        .put("usage", new JsonObject().put("currency", "EUR").put("price", "0.0333"));
  }
}
