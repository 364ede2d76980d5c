package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;
import io.tributary.channels.sms.SmsStatusIntake;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxLinks.Carried;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The way from a node's SMTP sessions to directory and mailboxes, over a network that loses. */
final class SimulatedRouter implements MessageIntake, RecipientLookup {
  private static final Bytes NO_CONTENT = Bytes.ofOwned(new byte[16]);

  private final World world;
  private final Life life;

  /** Whose copies for whom are on their way. */
  private final Set<Lane> carrying = new HashSet<>();

  private record Lane(UserId sender, UserId recipient) {}

  SimulatedRouter(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public Single<LookupOutcome> lookup(Address address) {
    return Single.create(
        caller -> {
          LookupOutcome outcome = outcome(address);
          send("lookup", true, () -> life.enter(() -> caller.onSuccess(outcome)));
        });
  }

  private LookupOutcome outcome(Address address) {
    if (world.weather().failsLookup()) {
      return new LookupOutcome.Retry("the directory is away");
    }
    return world.users().stream()
        .filter(user -> user.owns(address))
        .findFirst()
        .<LookupOutcome>map(user -> new LookupOutcome.Known(user.recipient(address)))
        .orElseGet(LookupOutcome.Unknown::new);
  }

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    return Single.create(
        caller ->
            send(
                "delivery",
                delivery.key().isPresent() || delivery.origin().isPresent(),
                () ->
                    world
                        .nodeFor(delivery.recipient().user())
                        .deliver(delivery, outcome -> answer(outcome(outcome), caller))));
  }

  /** Reports may be noted twice: they come to the same. */
  Single<SmsStatusIntake.Outcome> note(Recipient sender, SmsStatus status) {
    Command.Request request = new Command.Request(Optional.empty(), NO_CONTENT);
    Command command = new Command.NoteSmsStatus(request, status);
    SimulatedUser user = world.user(sender.user());
    return Single.create(
        caller ->
            send(
                "status",
                true,
                () ->
                    world
                        .nodeFor(user.id())
                        .execute(
                            user,
                            "note " + status.state(),
                            command,
                            outcome -> answer(noted(outcome), caller))));
  }

  private static SmsStatusIntake.Outcome noted(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Done
        ? new SmsStatusIntake.Outcome.Noted()
        : new SmsStatusIntake.Outcome.Retry("try again");
  }

  /** As the server's courier: resolved anew, then the way of every message. */
  Single<Carried> carry(Delivery copy) {
    Lane lane = new Lane(copy.origin().orElseThrow().sender(), copy.recipient().user());
    return Single.defer(() -> carryAnew(copy))
        .doOnSubscribe(begins -> require(carrying.add(lane), copy))
        .doOnTerminate(() -> carrying.remove(lane))
        .doOnDispose(() -> carrying.remove(lane));
  }

  /** One outbox carries one copy after the other to a recipient. */
  private void require(boolean alone, Delivery copy) {
    if (!alone && !life.ended()) {
      world.violation(copy.content().text() + " is carried while another is, by the same node");
    }
  }

  private Single<Carried> carryAnew(Delivery copy) {
    if (world.weather().failsLookup()) {
      return Single.just(new Carried.Retry("the directory is away"));
    }
    SimulatedUser user = world.user(copy.recipient().user());
    return accept(copy.to(user.recipient(user.chat())))
        .timeout(
            world.scale().portTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            life,
            Single.just(new IntakeOutcome.Retry("no answer in time")))
        .map(SimulatedRouter::carried);
  }

  private static Carried carried(IntakeOutcome outcome) {
    return outcome instanceof IntakeOutcome.Stored || outcome instanceof IntakeOutcome.Duplicate
        ? new Carried.Delivered()
        : new Carried.Retry("not yet");
  }

  private <T> void answer(T outcome, SingleEmitter<T> caller) {
    world.boundaries().cross(life, "delivery carried out");
    world
        .network()
        .send(
            "answer",
            () ->
                life.enter(
                    () -> {
                      world.boundaries().cross(life, "answer not heard");
                      if (!life.ended()) {
                        caller.onSuccess(outcome);
                      }
                    }));
  }

  private void send(String what, boolean repeatable, Runnable arrival) {
    world.boundaries().cross(life, what + " not sent");
    if (!life.ended()) {
      world.network().send(what, repeatable, arrival);
    }
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
    return new IntakeOutcome.Retry("try again");
  }
}
