package io.tributary.channels.smtp;

import io.tributary.codecs.address.Address;
import java.util.List;
import java.util.Locale;

/**
 * What an SMTP server is.
 *
 * @param hostname how it greets
 * @param localDomains the domains it takes mail for, lower case, A-labels; at least one
 * @param postmaster the mail or chat address whose user gets what is for postmaster
 */
public record SmtpSettings(
    String hostname, List<String> localDomains, Address postmaster, SmtpLimits limits) {
  public SmtpSettings {
    localDomains = localDomains.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    if (localDomains.isEmpty()) {
      throw new IllegalArgumentException("an SMTP server needs at least one local domain");
    }
  }
}
