package io.tributary.server.router;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Resolution;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.NotNowException;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.Credits.Permit;
import io.tributary.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads messages from the channels to their mailboxes. Safe for any thread; keeps nothing of a
 * message once it is answered.
 */
public final class Router implements MessageIntake, RecipientLookup {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final Directory directory;
  private final Credits credits;
  private final Mailboxes mailboxes;
  private final PeopleLookup people;

  public Router(Directory directory, Mailboxes mailboxes, Credits credits, PeopleLookup people) {
    this.people = people;
    this.directory = directory;
    this.credits = credits;
    this.mailboxes = mailboxes;
  }

  @Override
  public Single<LookupOutcome> lookup(Address address) {
    return directory.resolve(address).map(this::outcome).onErrorReturn(Router::lookupFailure);
  }

  /** A mailbox that can't be reached now is refused before its mail is sent. */
  private LookupOutcome outcome(Resolution resolution) {
    if (!(resolution instanceof Resolution.Resolved resolved)) {
      return new LookupOutcome.Unknown();
    }
    Recipient recipient = resolved.recipient();
    return mailboxes
        .trouble(recipient.user())
        .<LookupOutcome>map(LookupOutcome.Retry::new)
        .orElseGet(() -> new LookupOutcome.Known(recipient));
  }

  private static LookupOutcome lookupFailure(Throwable failure) {
    return new LookupOutcome.Retry(reasonOf("router.lookup_failed", failure));
  }

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    return people
        .enrich(delivery)
        .flatMap(
            enriched ->
                deliver(enriched)
                    .flatMap(
                        outcome ->
                            refused(outcome) ? again(enriched, outcome) : Single.just(outcome)))
        .map(Router::outcome)
        .onErrorReturn(Router::intakeFailure);
  }

  private Single<DeliverOutcome> deliver(Delivery delivery) {
    return Single.defer(
        () ->
            mailboxes.routeTo(delivery.recipient().user()) instanceof Route.Away away
                ? Single.just(new DeliverOutcome.Retry(away.reason()))
                : deliverHere(delivery));
  }

  private Single<DeliverOutcome> deliverHere(Delivery delivery) {
    UserId user = delivery.recipient().user();
    return credits
        .take(user, mailboxes.routeTo(user).cell())
        .map(permit -> deliverWith(permit, delivery))
        .orElseGet(() -> Single.just(new DeliverOutcome.Retry("too much is on its way already")));
  }

  /** The permit is back before the outcome is told. */
  private Single<DeliverOutcome> deliverWith(Permit permit, Delivery delivery) {
    return Single.using(
        () -> permit,
        taken -> mailboxes.ask(delivery.recipient().user(), new MailboxRequest.Deliver(delivery)),
        Permit::giveBack);
  }

  private static boolean refused(DeliverOutcome outcome) {
    return outcome instanceof DeliverOutcome.NotHere || outcome instanceof DeliverOutcome.NotMine;
  }

  /** What was known of the address is out of date: asks anew, once. */
  private Single<DeliverOutcome> again(Delivery delivery, DeliverOutcome refusal) {
    Recipient before = delivery.recipient();
    directory.forget(before.resolvedBy());
    return directory
        .resolve(before.resolvedBy())
        .flatMap(
            resolution ->
                resolution instanceof Resolution.Resolved resolved
                        && moved(before, resolved.recipient())
                    ? deliver(delivery.to(resolved.recipient()))
                    : Single.just(refusal));
  }

  /** Another user would need another idempotency key: the sender's retry makes it. */
  private static boolean moved(Recipient before, Recipient now) {
    return now.user().equals(before.user()) && !now.equals(before);
  }

  private static IntakeOutcome outcome(DeliverOutcome outcome) {
    if (outcome instanceof DeliverOutcome.Stored) {
      return new IntakeOutcome.Stored();
    }
    if (outcome instanceof DeliverOutcome.Duplicate) {
      return new IntakeOutcome.Duplicate();
    }
    if (outcome instanceof DeliverOutcome.NotMine) {
      return new IntakeOutcome.NotMine();
    }
    return outcome instanceof DeliverOutcome.Retry retry
        ? new IntakeOutcome.Retry(retry.reason())
        : new IntakeOutcome.Retry("mailbox is being moved");
  }

  private static IntakeOutcome intakeFailure(Throwable failure) {
    return new IntakeOutcome.Retry(reasonOf("router.intake_failed", failure));
  }

  private static String reasonOf(String event, Throwable failure) {
    if (failure instanceof StorageUnavailableException) {
      LOG.info("event={} reason=\"{}\"", event, failure.getMessage());
      return "storage does not answer";
    }
    if (failure instanceof NotNowException notNow) {
      return notNow.reason();
    }
    LOG.warn("event={}", event, failure);
    return "the mailbox does not answer";
  }
}
