package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.channels.sms.SmsRequest;
import io.tributary.channels.sms.SmsWebhooks.Admission;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One application server: a shard of mailboxes with its outbox, its place in the cell, and what
 * talks to clients. It crashes and comes back.
 */
final class SimulatedNode {
  private final World world;
  private final int number;
  private final List<Runnable> connections = new ArrayList<>();
  private NodeLife now;

  SimulatedNode(World world, int number) {
    this.world = world;
    this.number = number;
    this.now = new NodeLife(world, this);
  }

  int number() {
    return number;
  }

  /** The present one, or the last. */
  NodeLife present() {
    return now;
  }

  Life life() {
    return now.life();
  }

  /** Of the present life. */
  NodeWatch watch() {
    return now.watch();
  }

  /** Of the present life. */
  SimulatedFeed feed() {
    return now.feed();
  }

  /** Without a ring. */
  boolean serves(UserId user) {
    return world.ownerOf(user) == number;
  }

  /** A new connection; empty if nobody listens. */
  Optional<SimulatedConnection> connect(SmtpClient client) {
    if (!now.listens()) {
      return Optional.empty();
    }
    SimulatedConnection connection =
        new SimulatedConnection(world, now.life(), now.faces().smtp(), client);
    connections.add(connection::breakDown);
    return Optional.of(connection);
  }

  /** A new connection; empty if nobody listens. */
  Optional<WatchLink> watch(Device device) {
    if (!now.listens()) {
      return Optional.empty();
    }
    WatchLink link = new WatchLink(world, now.life(), now.feed(), device);
    connections.add(link::breakDown);
    return Optional.of(link);
  }

  /** A new connection; empty if nobody listens. */
  Optional<ChatLink> chat(Device device) {
    if (!now.listens()) {
      return Optional.empty();
    }
    ChatLink link = new ChatLink(world, now.life(), now.faces().chat(), device);
    connections.add(link::breakDown);
    return Optional.of(link);
  }

  /** All memory is gone; what is on its way to HBase still gets there. */
  void crash(long downMicros) {
    world.trace().note(this + " crashes");
    now.life().end();
    connections.forEach(Runnable::run);
    connections.clear();
    world.time().after(downMicros, this::restart);
  }

  private void restart() {
    world.trace().note(this + " starts");
    now = new NodeLife(world, this);
    begin();
  }

  /** Once in each life. */
  void begin() {
    now.begin();
  }

  /** What it answers another node. */
  Single<AskResponse> answer(AskRequest question, int hops) {
    return now.answer(question, hops);
  }

  /** Carries out a command. The answer may never come. */
  void execute(SimulatedUser user, Command command, Consumer<CommandOutcome> then) {
    ask(
        world.hasRing()
            ? life -> life.way().execute(user, command)
            : life ->
                life.door().ask(user.id(), new MailboxRequest.Execute(user.mailbox(), command)),
        then);
  }

  /** Reads. The answer may never come. */
  <T> void read(
      SimulatedUser user, MailboxRequest<ReadOutcome<T>> request, Consumer<ReadOutcome<T>> then) {
    ask(
        world.hasRing()
            ? life -> life.way().read(user, request)
            : life -> life.door().ask(user.id(), request),
        then);
  }

  /** Hands a message to its own mailbox. The answer may never come. */
  void deliver(Delivery delivery, Consumer<DeliverOutcome> then) {
    ask(
        life -> life.door().ask(delivery.recipient().user(), new MailboxRequest.Deliver(delivery)),
        then);
  }

  private interface Question<T> {
    Single<T> of(NodeLife life);
  }

  private <T> void ask(Question<T> question, Consumer<T> then) {
    NodeLife asked = now;
    asked
        .life()
        .enter(
            () -> {
              if (asked.listens()) {
                Disposable unused =
                    question
                        .of(asked)
                        .subscribe(
                            answer -> {
                              if (!asked.life().ended()) {
                                then.accept(answer);
                              }
                            },
                            failure -> world.violation("a node signalled " + failure));
              }
            });
  }

  /** Takes a webhook. The answer may never come. */
  void webhook(Webhook message, SmsRequest request, IntConsumer then) {
    NodeLife asked = now;
    asked
        .life()
        .enter(
            () -> {
              if (asked.listens()) {
                admit(asked, message, request, then);
              }
            });
  }

  private void admit(NodeLife asked, Webhook message, SmsRequest request, IntConsumer then) {
    Admission admission =
        asked
            .faces()
            .webhooks()
            .admit(message.kind(), SmsGateway.ACCOUNT.name(), Optional.of(SmsGateway.CONTENT_TYPE));
    if (admission instanceof Admission.Admitted admitted) {
      Disposable unused =
          asked
              .faces()
              .webhooks()
              .answer(admitted.call(), request)
              .subscribe(
                  reply -> answer(asked.life(), message, reply.status(), then),
                  failure -> world.violation("a webhook signalled " + failure));
    } else {
      world.violation(message + " was not admitted");
    }
  }

  private void answer(Life answering, Webhook message, int status, IntConsumer then) {
    if (!answering.ended()) {
      world.trace().note(this + " " + message + ": " + status);
      if (status == 204) {
        message.answered(world);
      }
      then.accept(status);
    }
  }

  @Override
  public String toString() {
    return CellMember.name(number);
  }
}
