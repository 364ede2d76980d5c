package io.tributary.channels.smtp;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.AddressKind;
import java.util.List;

/**
 * What an SMTP server is.
 *
 * @param hostname how it greets
 * @param localDomains the domains it takes mail for, at least one; kept in canonical form
 *     (A-labels, lower case)
 * @param postmaster an address of the user who gets what is for postmaster; of any kind
 */
public record SmtpSettings(
    String hostname, List<String> localDomains, Address postmaster, SmtpLimits limits) {
  public SmtpSettings {
    localDomains = localDomains.stream().map(SmtpSettings::canonical).distinct().toList();
    if (localDomains.isEmpty()) {
      throw new IllegalArgumentException("an SMTP server needs at least one local domain");
    }
  }

  /** Whether it is a mail address in a domain of ours. */
  public boolean isLocal(Address address) {
    return address.kind() == AddressKind.EMAIL && localDomains.contains(domain(address));
  }

  private static String canonical(String domain) {
    return domain(AddressCanonicalizer.email("postmaster@" + domain));
  }

  private static String domain(Address address) {
    return address.value().substring(address.value().lastIndexOf('@') + 1);
  }
}
