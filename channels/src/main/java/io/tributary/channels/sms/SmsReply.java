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
public record SmsReply(int status, String detail, Optional<Duration> retryAfter) {
  /** The status in words (RFC 9110 section 15). */
  public String title() {
    return switch (status) {
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
