package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxLinks.Carried;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The way without a ring: any node may be taken for the owner, and takes itself for it. That is
 * harsher than what a ring does.
 */
final class OwnerlessWay implements MailboxWay {
  private static final Bytes NO_CONTENT = Bytes.ofOwned(new byte[16]);

  private final World world;
  private final Life life;
  private final Lanes lanes;

  OwnerlessWay(World world, Life life) {
    this.world = world;
    this.life = life;
    this.lanes = new Lanes(world, life);
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
    return world
        .userWith(address)
        .<LookupOutcome>map(user -> new LookupOutcome.Known(user.recipient(address)))
        .orElseGet(LookupOutcome.Unknown::new);
  }

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    boolean repeatable = delivery.key().isPresent() || delivery.origin().isPresent();
    return this.<DeliverOutcome>ask(
            "delivery",
            repeatable,
            world.user(delivery.recipient().user()),
            (node, then) -> node.deliver(delivery, then))
        .map(OwnerlessWay::outcome);
  }

  /** Reports may be noted twice: they come to the same. */
  @Override
  public Single<Outcome> note(Recipient sender, SmsStatus status) {
    Command.Request request = new Command.Request(Optional.empty(), NO_CONTENT);
    return execute(world.user(sender.user()), new Command.NoteSmsStatus(request, status))
        .map(
            outcome ->
                outcome instanceof CommandOutcome.Done
                    ? new Outcome.Noted()
                    : new Outcome.Retry("try again"));
  }

  @Override
  public Single<CommandOutcome> execute(SimulatedUser user, Command command) {
    return ask("command", true, user, (node, then) -> node.execute(user, command, then));
  }

  @Override
  public <T> Single<ReadOutcome<T>> read(
      SimulatedUser user, MailboxRequest<ReadOutcome<T>> request) {
    return ask("question", true, user, (node, then) -> node.read(user, request, then));
  }

  /** As the server's courier: resolved anew, then the way of every message. */
  @Override
  public Single<Carried> carry(Delivery copy) {
    return lanes.alone(copy, Single.defer(() -> carryAnew(copy)));
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
        .map(OwnerlessWay::carried);
  }

  private static Carried carried(IntakeOutcome outcome) {
    return outcome instanceof IntakeOutcome.Stored || outcome instanceof IntakeOutcome.Duplicate
        ? new Carried.Delivered()
        : new Carried.Retry("not yet");
  }

  private <T> Single<T> ask(
      String what,
      boolean repeatable,
      SimulatedUser user,
      BiConsumer<SimulatedNode, Consumer<T>> question) {
    return Single.create(
        caller ->
            send(
                what,
                repeatable,
                () ->
                    question.accept(
                        world.nodeFor(user.id()), outcome -> answer(what, outcome, caller))));
  }

  private <T> void answer(String what, T outcome, SingleEmitter<T> caller) {
    world.boundaries().cross(life, what + " carried out");
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
