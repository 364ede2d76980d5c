package io.tributary.server.node;

import io.tributary.channels.smtp.SmtpLimits;
import io.tributary.channels.smtp.SmtpSettings;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.config.SmtpConfig;
import java.time.Duration;

/** What the configuration says of SMTP, in the channel's words. */
final class SmtpPreferences {
  private SmtpPreferences() {}

  /**
   * @param answerMax for each lookup and each delivery
   */
  static SmtpSettings of(SmtpConfig config, Duration answerMax) {
    SmtpLimits limits =
        new SmtpLimits(
            config.messageBytesMax(),
            Duration.ofMillis(config.idleTimeoutMillis()),
            config.recipientsMax(),
            Duration.ofMillis(config.transactionTimeoutMillis()),
            SmtpLimits.DEFAULT.errorsMax(),
            answerMax);
    return new SmtpSettings(
        config.hostname(),
        config.localDomains(),
        AddressCanonicalizer.chat(config.postmaster()),
        limits);
  }
}
