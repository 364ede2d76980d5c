package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.sms.SmsRequest;
import io.tributary.channels.sms.SmsWebhooks.Admission;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.store.HBaseActionLog;
import io.tributary.store.HBaseOwedMarkers;
import io.tributary.store.HBaseSnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * One application server: a shard of mailboxes with its outbox, and what talks to clients. It
 * crashes and comes back.
 */
final class SimulatedNode {
  private static final long CLOCK_SKEW_MICROS = 2 * VirtualTime.SECOND;
  private static final String READ = "read";
  private static final long SLACK_MICROS = 2 * VirtualTime.MILLISECOND;

  private final World world;
  private final int number;
  private final List<Runnable> connections = new ArrayList<>();
  private Life life;
  private NodeWatch watch;
  private SimulatedFeed feed;
  private MailboxShard shard;
  private Faces faces;

  /**
   * @param number which mailboxes it owns
   */
  SimulatedNode(World world, int number) {
    this.world = world;
    this.number = number;
    this.life = newLife();
    this.watch = new NodeWatch();
    this.feed = new SimulatedFeed(world, life);
    this.shard = newShard();
    this.faces = Faces.of(world, life, feed);
  }

  Life life() {
    return life;
  }

  /** Of the present life. */
  NodeWatch watch() {
    return watch;
  }

  /** Of the present life. */
  SimulatedFeed feed() {
    return feed;
  }

  boolean serves(UserId user) {
    return world.ownerOf(user) == number;
  }

  /** A new connection; empty if nobody listens. */
  Optional<SimulatedConnection> connect(SmtpClient client) {
    if (life.ended()) {
      return Optional.empty();
    }
    SimulatedConnection connection = new SimulatedConnection(world, life, faces.smtp(), client);
    connections.add(connection::breakDown);
    return Optional.of(connection);
  }

  /** A new connection; empty if nobody listens. */
  Optional<WatchLink> watch(Device device) {
    if (life.ended()) {
      return Optional.empty();
    }
    WatchLink link = new WatchLink(world, life, feed, device);
    connections.add(link::breakDown);
    return Optional.of(link);
  }

  /** A new connection; empty if nobody listens. */
  Optional<ChatLink> chat(Device device) {
    if (life.ended()) {
      return Optional.empty();
    }
    ChatLink link = new ChatLink(world, life, faces.chat(), device);
    connections.add(link::breakDown);
    return Optional.of(link);
  }

  /** All memory is gone; what is on its way to HBase still gets there. */
  void crash(long downMicros) {
    world.trace().note(this + " crashes");
    life.end();
    connections.forEach(Runnable::run);
    connections.clear();
    world.time().after(downMicros, this::restart);
  }

  private void restart() {
    world.trace().note(this + " starts");
    life = newLife();
    watch = new NodeWatch();
    feed = new SimulatedFeed(world, life);
    shard = newShard();
    faces = Faces.of(world, life, feed);
    begin();
  }

  /** Looks for work that was left. Once in each life. */
  void begin() {
    Life now = life;
    HBaseOwedMarkers markers = new HBaseOwedMarkers(newRows(), World.NAMESPACE);
    OwedScanning scanning = new OwedScanning(world, this, markers, shard);
    world.time().after(0, () -> now.enter(() -> scanning.begin(now)));
  }

  /** Has a user send something. The answer may never come. */
  void send(Note note, Consumer<CommandOutcome> then) {
    ask(
        "send " + note,
        mailboxes -> mailboxes.execute(note.sender().mailbox(), note.command()),
        outcome -> {
          world.notes().check(note, outcome);
          then.accept(outcome);
        });
  }

  /** Does what a user asks. The answer may never come. */
  void run(Errand errand, Consumer<CommandOutcome> then) {
    execute(
        errand.user(),
        errand.name(),
        errand.command(),
        outcome -> {
          if (outcome instanceof CommandOutcome.Done done) {
            TaleMarks marks = world.watch().tale(errand.user().id()).marks();
            errand
                .wrong(marks, done.position())
                .ifPresent(
                    wrong -> world.violation(errand + " was answered " + done + ", " + wrong));
          }
          then.accept(outcome);
        });
  }

  /** Carries out a command. The answer may never come. */
  void execute(SimulatedUser user, String what, Command command, Consumer<CommandOutcome> then) {
    ask(what, mailboxes -> mailboxes.execute(user.mailbox(), command), then);
  }

  /** Takes a webhook. The answer may never come. */
  void webhook(Webhook message, SmsRequest request, IntConsumer then) {
    Life now = life;
    now.enter(
        () -> {
          Admission admission =
              faces
                  .webhooks()
                  .admit(
                      message.kind(),
                      SmsGateway.ACCOUNT.name(),
                      Optional.of(SmsGateway.CONTENT_TYPE));
          if (admission instanceof Admission.Admitted admitted) {
            Disposable unused =
                faces
                    .webhooks()
                    .answer(admitted.call(), request)
                    .subscribe(
                        reply -> answer(now, message, reply.status(), then),
                        failure -> world.violation("a webhook signalled " + failure));
          } else {
            world.violation(message + " was not admitted");
          }
        });
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

  /** Hands a message to the mailbox. The answer may never come. */
  void deliver(Delivery delivery, Consumer<DeliverOutcome> then) {
    ask(
        "deliver to " + delivery.recipient().user(),
        mailboxes -> mailboxes.deliver(delivery),
        outcome -> {
          world.ledger().check(delivery, outcome);
          then.accept(outcome);
        });
  }

  /** Reads. The answer may never come. */
  <T> void read(
      Function<MailboxShard, Single<ReadOutcome<T>>> call, Consumer<ReadOutcome<T>> then) {
    ask(READ, call, then);
  }

  private <T> void ask(String what, Function<MailboxShard, Single<T>> call, Consumer<T> then) {
    Life now = life;
    NodeWatch watching = watch;
    now.enter(
        () -> {
          long began = world.time().nowMicros() - now.pausedMicros();
          Object open = watching.begin(what, !what.equals(READ), world.time().nowMicros());
          Disposable unused =
              call.apply(shard)
                  .subscribe(
                      answer -> {
                        if (now.ended()) {
                          return;
                        }
                        watching.end(open);
                        checkPatience(what, world.time().nowMicros() - now.pausedMicros() - began);
                        world.trace().note(this + " " + what + ": " + summary(answer));
                        then.accept(answer);
                      },
                      failure -> world.violation(what + " signalled " + failure));
        });
  }

  private void checkPatience(String what, long micros) {
    long deadline = world.scale().mailboxDeadline().toNanos() / 1_000;
    if (micros > deadline + SLACK_MICROS) {
      world.violation(what + " was answered after " + micros + " us");
    }
  }

  private static String summary(Object answer) {
    String text = answer.toString();
    return text.length() > 200 ? text.length() + " " + text.hashCode() : text;
  }

  private Life newLife() {
    return new Life(world.time(), world.chance().between(-CLOCK_SKEW_MICROS, CLOCK_SKEW_MICROS));
  }

  private SimulatedRows newRows() {
    return new SimulatedRows(world, life, world.scale().callDeadlineMicros());
  }

  private MailboxShard newShard() {
    SimulatedRows rows = newRows();
    SimulatedFeed telling = feed;
    MailboxLinks links =
        new MailboxLinks(
            new HBaseActionLog(rows, World.NAMESPACE, life, world.scale().appendDeadline()),
            new HBaseSnapshotStore(rows, World.NAMESPACE),
            new HBaseOwedMarkers(rows, World.NAMESPACE),
            new SimulatedRouter(world, life)::carry,
            telling::publish);
    Stamps stamps = new Stamps(Incarnation.draw(world.chance().random()));
    return new MailboxShard(
        links,
        new MailboxEnvironment(life, life.clock(), stamps, world.chance().random()),
        world.scale().limits(),
        watch);
  }

  @Override
  public String toString() {
    return "node" + number;
  }
}
