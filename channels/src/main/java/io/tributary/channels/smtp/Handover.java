package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.smtp.SmtpObserver.Settlement;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.codecs.mail.MailFingerprint;
import io.tributary.codecs.mail.MailReader;
import io.tributary.codecs.mail.ReadMail;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a complete mail in, once for each mailbox, and makes one answer of the outcomes. */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final SmtpHost host;

  Handover(SmtpHost host) {
    this.host = host;
  }

  /**
   * 250 only if every mailbox has it; otherwise 451 for all, and at the retry those that have it
   * are duplicates. Never an error; answers within the port time-out, on the session's thread.
   */
  Single<SmtpReply> hand(Transaction transaction, Bytes raw) {
    List<Delivery> deliveries = deliveries(transaction, raw);
    return Flowable.fromIterable(deliveries)
        .flatMapSingle(this::deliver, false, deliveries.size())
        .toList()
        .doOnSuccess(outcomes -> log(transaction, raw, outcomes))
        .map(Handover::reply);
  }

  private List<Delivery> deliveries(Transaction transaction, Bytes raw) {
    ReadMail mail = MailReader.read(raw);
    Optional<MailFingerprint> fingerprint = MailFingerprint.of(transaction.sender(), raw);
    Envelope envelope =
        new Envelope(
            Channel.EMAIL,
            author(mail, transaction.sender()),
            mail.to(),
            transaction.sender(),
            host.environment().clock().millis());
    return transaction.mailboxes().stream()
        .map(
            recipient ->
                new Delivery(
                    recipient,
                    fingerprint.map(print -> print.keyFor(recipient.user())),
                    envelope,
                    mail.content()))
        .toList();
  }

  /** Nothing about a sender is proved by SMTP alone. */
  private Author author(ReadMail mail, String sender) {
    Address address = mail.fromAddress().or(() -> canonical(sender)).orElseGet(this::mailerDaemon);
    Author.Standing standing =
        host.settings().isLocal(address) ? Author.Standing.CLAIMS_LOCAL : Author.Standing.OUTSIDE;
    return new Author(address, mail.fromName(), standing);
  }

  private static Optional<Address> canonical(String sender) {
    try {
      return Optional.of(AddressCanonicalizer.email(sender));
    } catch (InvalidAddressException nullOrOdd) {
      return Optional.empty();
    }
  }

  private Address mailerDaemon() {
    return new Address(AddressKind.EMAIL, "mailer-daemon@" + host.settings().localDomains().get(0));
  }

  private Single<IntakeOutcome> deliver(Delivery delivery) {
    return Single.defer(() -> accept(delivery))
        .timeout(
            host.settings().limits().portTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            host.environment().scheduler())
        .onErrorReturn(Handover::failed)
        .observeOn(host.environment().scheduler())
        .doOnSuccess(outcome -> host.observer().deliverySettled(settlement(outcome)));
  }

  private Single<IntakeOutcome> accept(Delivery delivery) {
    host.observer().deliveryAccepted();
    return host.intake().accept(delivery);
  }

  private static IntakeOutcome failed(Throwable error) {
    if (!(error instanceof TimeoutException)) {
      LOG.error("event=smtp.intake_failed", error);
    }
    return new IntakeOutcome.Retry("no answer from the mailbox");
  }

  private static Settlement settlement(IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Stored) {
      return Settlement.STORED;
    }
    return outcome instanceof IntakeOutcome.Duplicate ? Settlement.DUPLICATE : Settlement.REJECTED;
  }

  private static SmtpReply reply(List<IntakeOutcome> outcomes) {
    for (IntakeOutcome outcome : outcomes) {
      if (outcome instanceof IntakeOutcome.Retry retry) {
        return SmtpReplies.notStored(retry.reason());
      }
      if (outcome instanceof IntakeOutcome.NotMine) {
        return SmtpReplies.STALE_ADDRESS;
      }
    }
    return SmtpReplies.stored(outcomes.stream().anyMatch(IntakeOutcome.Stored.class::isInstance));
  }

  private static void log(Transaction transaction, Bytes raw, List<IntakeOutcome> outcomes) {
    LOG.info(
        "event=smtp.message trace={} code={} bytes={} mailboxes={} stored={} duplicate={} rejected={}",
        transaction.trace(),
        reply(outcomes).code(),
        raw.length(),
        outcomes.size(),
        count(outcomes, Settlement.STORED),
        count(outcomes, Settlement.DUPLICATE),
        count(outcomes, Settlement.REJECTED));
  }

  private static long count(List<IntakeOutcome> outcomes, Settlement settlement) {
    return outcomes.stream().filter(outcome -> settlement(outcome) == settlement).count();
  }
}
