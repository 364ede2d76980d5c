package io.tributary.channels.sms;

import io.tributary.codecs.sms.BadPayloadException;
import java.time.Duration;
import java.util.Optional;

/**
 * The table of answers, in the order in which they are decided: the first that applies is given. A
 * provider takes 204 for done, 503 as a reason to try again, and anything else as final.
 */
public final class SmsReplies {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  static final SmsReply UNKNOWN_ACCOUNT =
      refusal(
          404, "no such provider or account: /sms/{provider}/{account} as sms.accounts names it");
  public static final SmsReply METHOD = refusal(405, "only POST");
  public static final SmsReply MISTAKE = refusal(500, "a mistake of ours, see the log");
  public static final SmsReply NO_ROOM = retry("too many webhooks are being received");
  public static final SmsReply SLOW_BODY = refusal(408, "the body did not come in time");
  static final SmsReply NOT_SIGNED =
      refusal(403, "the signature is missing or wrong for this URL, body, account and time");
  static final SmsReply OTHER_ACCOUNT =
      refusal(403, "the body is of another account than the one in the path");
  static final SmsReply UNKNOWN_RECIPIENT = refusal(404, "the recipient's number is nobody's here");
  static final SmsReply UNKNOWN_SENDER = refusal(404, "the sender's number is nobody's here");
  static final SmsReply DONE = new SmsReply(204, "", Optional.empty());

  private SmsReplies() {}

  static SmsReply mediaType(SmsProvider provider) {
    String form = "application/x-www-form-urlencoded";
    String allowed = provider.sends(form) ? form + " or application/json" : "application/json";
    return refusal(415, "allowed: " + allowed + ", in UTF-8 and uncompressed");
  }

  public static SmsReply tooBig(int bytesMax) {
    return refusal(413, "a body has at most " + bytesMax + " bytes");
  }

  static SmsReply malformed(BadPayloadException payload) {
    return refusal(400, payload.detail());
  }

  static SmsReply retry(String reason) {
    return new SmsReply(503, reason, Optional.of(RETRY_AFTER));
  }

  private static SmsReply refusal(int status, String detail) {
    return new SmsReply(status, detail, Optional.empty());
  }
}
