package io.tributary.channels.sms;

import java.time.Duration;
import java.util.Optional;

/**
 * What a webhook is answered.
 *
 * @param status of HTTP
 * @param detail the rule and what would be accepted, without personal data; empty if all is well
 * @param retryAfter when to try again, if that helps
 */
public record SmsReply(int status, String detail, Optional<Duration> retryAfter) {}
