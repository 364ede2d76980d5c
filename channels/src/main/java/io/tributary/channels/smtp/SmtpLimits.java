package io.tributary.channels.smtp;

import java.time.Duration;

/**
 * What one session may use.
 *
 * @param messageBytesMax of the message after dot-unstuffing
 * @param idleTimeout without a complete command, or without a byte of mail data
 * @param recipientsMax in one mail
 * @param transactionTimeout from the greeting, or the last answer to a mail, to the next one
 * @param errorsMax wrong commands in a session
 * @param portTimeout for each lookup and each delivery
 */
public record SmtpLimits(
    int messageBytesMax,
    Duration idleTimeout,
    int recipientsMax,
    Duration transactionTimeout,
    int errorsMax,
    Duration portTimeout) {
  public static final SmtpLimits DEFAULT =
      new SmtpLimits(
          1024 * 1024,
          Duration.ofMinutes(5),
          100,
          Duration.ofMinutes(15),
          20,
          Duration.ofSeconds(30));

  public SmtpLimits {
    if (messageBytesMax < 1 || recipientsMax < 1 || errorsMax < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
