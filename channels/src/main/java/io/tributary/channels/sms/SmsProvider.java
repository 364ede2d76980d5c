package io.tributary.channels.sms;

import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.SmsReport;
import java.time.Instant;

/**
 * One way to hand text messages over by webhook. Stateless and safe for any thread; works on bytes
 * that anyone may have sent.
 */
public interface SmsProvider {
  /** In the path of its webhooks, and in the configuration. */
  String name();

  /**
   * Whether it sends bodies of this type.
   *
   * @param mediaType in lower case, without parameters
   */
  boolean sends(String mediaType);

  /**
   * Whether one who knows one of the account's secrets sent exactly this to exactly this URL, and
   * not too long ago if it says when. Compares in constant time; what can't be read is not signed.
   */
  boolean signed(SmsRequest request, SmsAccount account, Instant now);

  /**
   * The message in a webhook's body.
   *
   * @throws io.tributary.codecs.sms.BadPayloadException naming the field
   */
  InboundSms message(SmsRequest request);

  /**
   * The report in a status callback's body.
   *
   * @throws io.tributary.codecs.sms.BadPayloadException naming the field
   */
  SmsReport report(SmsRequest request);
}
