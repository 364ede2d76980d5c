package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.LookupOutcome;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about a recipient: ours, whose, or why not. */
final class RecipientCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RecipientCheck.class);
  private static final String POSTMASTER = "postmaster";

  /** What was decided. */
  sealed interface Verdict {
    record Accepted(Recipient recipient) implements Verdict {}

    record Refused(SmtpReply reply) implements Verdict {}
  }

  private final SmtpHost host;

  RecipientCheck(SmtpHost host) {
    this.host = host;
  }

  /** Never an error; answers within the port time-out. */
  Single<Verdict> check(String written) {
    if (written.toLowerCase(Locale.ROOT).equals(POSTMASTER)) {
      return postmaster(); // RFC 5321 section 4.5.1: without a domain too
    }
    Address address;
    try {
      address = AddressCanonicalizer.email(written);
    } catch (InvalidAddressException invalid) {
      return refused(SmtpReplies.badRecipient("bad recipient: " + invalid.getMessage()));
    }
    if (!host.settings().isLocal(address)) {
      return refused(SmtpReplies.RELAY);
    }
    return address.value().startsWith(POSTMASTER + "@")
        ? postmaster()
        : lookup(address).map(outcome -> verdict(outcome, SmtpReplies.UNKNOWN_USER));
  }

  private Single<Verdict> postmaster() {
    return lookup(host.settings().postmaster())
        .map(outcome -> verdict(outcome, SmtpReplies.POSTMASTER_MISSING));
  }

  private Single<LookupOutcome> lookup(Address address) {
    return Single.defer(() -> host.lookup().lookup(address))
        .timeout(
            host.settings().limits().portTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            host.environment().scheduler())
        .onErrorReturn(RecipientCheck::failed);
  }

  private static LookupOutcome failed(Throwable error) {
    LOG.warn("event=smtp.lookup_failed error=\"{}\"", error.toString());
    return new LookupOutcome.Retry("the directory gave no answer");
  }

  private static Verdict verdict(LookupOutcome outcome, SmtpReply ifUnknown) {
    if (outcome instanceof LookupOutcome.Known known) {
      return new Verdict.Accepted(known.recipient());
    }
    return outcome instanceof LookupOutcome.Retry retry
        ? new Verdict.Refused(SmtpReplies.lookupFailed(retry.reason()))
        : new Verdict.Refused(ifUnknown);
  }

  private static Single<Verdict> refused(SmtpReply reply) {
    return Single.just(new Verdict.Refused(reply));
  }
}
