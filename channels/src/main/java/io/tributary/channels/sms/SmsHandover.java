package io.tributary.channels.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.sms.SmsObserver.Settlement;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.SmsAddress;
import io.tributary.codecs.sms.SmsKey;
import io.tributary.codecs.sms.SmsReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a message or a report to the mailbox it is for, and makes an answer of the outcome. */
final class SmsHandover {
  private static final Logger LOG = LoggerFactory.getLogger(SmsHandover.class);

  private final SmsHost host;

  SmsHandover(SmsHost host) {
    this.host = host;
  }

  /** Never an error; on the host's thread. */
  Single<SmsReply> message(SmsAccount.Name account, InboundSms sms, boolean signed) {
    return withRecipient(
        sms.ends().to(),
        SmsReplies.UNKNOWN_RECIPIENT,
        (recipient, deadline) -> deliver(delivery(account, sms, signed, recipient), deadline));
  }

  /** Never an error; on the host's thread. */
  Single<SmsReply> status(SmsAccount.Name account, SmsReport report) {
    SmsStatus status =
        new SmsStatus(account.provider(), account.account(), report.id(), report.state());
    return withRecipient(
        report.from(),
        SmsReplies.UNKNOWN_SENDER,
        (sender, deadline) -> note(sender, status, deadline));
  }

  private Delivery delivery(
      SmsAccount.Name account, InboundSms sms, boolean signed, Recipient recipient) {
    SmsKey key = new SmsKey(account.provider(), account.account(), sms.id());
    Envelope envelope =
        new Envelope(
            Channel.SMS,
            author(sms.ends(), signed),
            List.of(sms.ends().to()),
            "",
            host.environment().clock().millis());
    return new Delivery(
        recipient, Optional.of(key.keyFor(recipient.user())), envelope, sms.content(signed));
  }

  /** The provider vouches for numbers; a name can be anyone's. */
  private static Author author(InboundSms.Ends ends, boolean signed) {
    boolean proved = signed && !SmsAddress.isName(ends.from());
    return new Author(
        ends.from(), ends.name(), proved ? Author.Standing.VERIFIED : Author.Standing.OUTSIDE);
  }

  private Single<SmsReply> withRecipient(Address address, SmsReply ifUnknown, Next next) {
    return Single.defer(
        () -> {
          Deadline deadline = new Deadline(now() + host.ports().timeout().toMillis());
          return answered(
                  Single.defer(() -> host.ports().recipients().lookup(address)),
                  new LookupOutcome.Retry("the directory gave no answer"),
                  deadline)
              .flatMap(
                  outcome ->
                      outcome instanceof LookupOutcome.Known known
                          ? next.with(known.recipient(), deadline)
                          : Single.just(unresolved(outcome, ifUnknown)));
        });
  }

  private static SmsReply unresolved(LookupOutcome outcome, SmsReply ifUnknown) {
    return outcome instanceof LookupOutcome.Retry retry
        ? SmsReplies.retry(retry.reason())
        : ifUnknown;
  }

  /** When a webhook must be answered, on the scheduler's clock. */
  private record Deadline(long millis) {}

  private interface Next {
    Single<SmsReply> with(Recipient recipient, Deadline deadline);
  }

  private long now() {
    return host.environment().scheduler().now(TimeUnit.MILLISECONDS);
  }

  private Single<SmsReply> deliver(Delivery delivery, Deadline deadline) {
    Single<IntakeOutcome> accepted =
        Single.defer(
            () -> {
              host.observer().deliveryAccepted();
              return host.ports().messages().accept(delivery);
            });
    return answered(accepted, new IntakeOutcome.Retry("no answer from the mailbox"), deadline)
        .doOnSuccess(outcome -> host.observer().deliverySettled(settlement(outcome)))
        .map(SmsHandover::reply);
  }

  private static Settlement settlement(IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Stored) {
      return Settlement.STORED;
    }
    return outcome instanceof IntakeOutcome.Duplicate ? Settlement.DUPLICATE : Settlement.REJECTED;
  }

  private static SmsReply reply(IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Retry retry) {
      return SmsReplies.retry(retry.reason());
    }
    return outcome instanceof IntakeOutcome.NotMine
        ? SmsReplies.retry("the number has just changed hands")
        : SmsReplies.DONE;
  }

  private Single<SmsReply> note(Recipient sender, SmsStatus status, Deadline deadline) {
    return answered(
            Single.defer(() -> host.ports().statuses().note(sender, status)),
            new SmsStatusIntake.Outcome.Retry("no answer from the mailbox"),
            deadline)
        .map(
            outcome ->
                outcome instanceof SmsStatusIntake.Outcome.Retry retry
                    ? SmsReplies.retry(retry.reason())
                    : SmsReplies.DONE);
  }

  /** What the port answers, in time and on the host's thread; else the alternative. */
  private <T> Single<T> answered(Single<T> asked, T otherwise, Deadline deadline) {
    return asked
        .timeout(
            Math.max(0, deadline.millis() - now()),
            TimeUnit.MILLISECONDS,
            host.environment().scheduler())
        .onErrorReturn(
            failure -> {
              if (!(failure instanceof TimeoutException)) {
                LOG.error("event=sms.port_failed", failure);
              }
              return otherwise;
            })
        .observeOn(host.environment().scheduler());
  }
}
