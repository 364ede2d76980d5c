package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.smtp.SmtpEnvironment;
import io.tributary.channels.smtp.SmtpGate;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpLimits;
import io.tributary.channels.smtp.SmtpObserver;
import io.tributary.channels.smtp.SmtpSettings;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.storage.OwedMarkers;
import io.tributary.store.HBaseActionLog;
import io.tributary.store.HBaseOwedMarkers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One application server: SMTP sessions and a shard of mailboxes. It crashes and comes back. */
final class SimulatedNode {
  private static final long CLOCK_SKEW_MICROS = 2 * VirtualTime.SECOND;
  private static final long SLACK_MICROS = 2 * VirtualTime.MILLISECOND;

  private final World world;
  private final String name;
  private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
  private Life life;
  private MailboxShard shard;
  private NodeWatch watch;
  private SmtpHost host;
  private SimulatedFeed feed;

  SimulatedNode(World world, String name) {
    this.world = world;
    this.name = name;
    this.life =
        new Life(world.time(), world.chance().between(-CLOCK_SKEW_MICROS, CLOCK_SKEW_MICROS));
    this.watch = new NodeWatch();
    this.feed = new SimulatedFeed(world, life);
    this.shard = newShard();
    this.host = newHost();
  }

  Life life() {
    return life;
  }

  SimulatedFeed feed() {
    return feed;
  }

  /** Of the present life. */
  NodeWatch watch() {
    return watch;
  }

  /** A new connection; empty if nobody listens. */
  Optional<SimulatedConnection> connect(SmtpClient client) {
    if (life.ended()) {
      return Optional.empty();
    }
    SimulatedConnection connection = new SimulatedConnection(world, life, host, client);
    connections.add(connection);
    return Optional.of(connection);
  }

  /** All memory is gone; what is on its way to HBase still gets there. */
  void crash(long downMicros) {
    world.trace().note(name + " crashes");
    life.end();
    connections.forEach(SimulatedConnection::breakDown);
    connections.clear();
    world.time().after(downMicros, this::restart);
  }

  private void restart() {
    world.trace().note(name + " starts");
    life = new Life(world.time(), world.chance().between(-CLOCK_SKEW_MICROS, CLOCK_SKEW_MICROS));
    watch = new NodeWatch();
    feed = new SimulatedFeed(world, life);
    shard = newShard();
    host = newHost();
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

  /** Hands a command to the mailbox. The answer may never come. */
  void execute(MailboxRef mailbox, Command command, Consumer<CommandOutcome> then) {
    ask("execute for " + mailbox.user(), shard -> shard.execute(mailbox, command), then);
  }

  /** Reads. The answer may never come. */
  <T> void read(
      Function<MailboxShard, Single<ReadOutcome<T>>> call, Consumer<ReadOutcome<T>> then) {
    ask("read", call, then);
  }

  /** Reads for a session, which reads as long as it stays. */
  void readOn(MailboxRef mailbox, Position since, int max, Consumer<ReadOutcome<EventPage>> then) {
    ask(NodeWatch.SESSION, shard -> shard.events(mailbox, since, max), then);
  }

  private <T> void ask(String what, Function<MailboxShard, Single<T>> call, Consumer<T> then) {
    Life now = life;
    NodeWatch watching = watch;
    now.enter(
        () -> {
          long began = world.time().nowMicros() - now.pausedMicros();
          Object open = watching.begin(what);
          Disposable unused =
              call.apply(shard)
                  .subscribe(
                      answer -> {
                        watching.end(open);
                        checkPatience(what, world.time().nowMicros() - now.pausedMicros() - began);
                        world.trace().note(name + " " + what + ": " + summary(answer));
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

  private MailboxShard newShard() {
    long deadline = world.scale().callDeadlineMicros();
    Duration append = world.scale().appendDeadline();
    SimulatedRows rows = new SimulatedRows(world, life, deadline);
    OwedMarkers markers = new HBaseOwedMarkers(rows, World.NAMESPACE);
    scanOwed(life, markers);
    Stamps stamps = new Stamps(Incarnation.draw(world.chance().random()));
    return new MailboxShard(
        new MailboxLinks(
            new HBaseActionLog(rows, World.NAMESPACE, life, append),
            markers,
            new SimulatedPost(world, life),
            world::committed),
        new MailboxEnvironment(life, life.clock(), stamps, world.chance().random()),
        world.scale().limits(),
        watch);
  }

  /** Again and again looks for marked mailboxes that are its own, and wakes them. */
  private void scanOwed(Life now, OwedMarkers markers) {
    Disposable unused =
        now.scheduleDirect(
            () -> {
              Disposable call =
                  markers
                      .list(Optional.empty(), 1_000)
                      .subscribe(this::wake, failure -> world.trace().note("scan failed"));
              scanOwed(now, markers);
            },
            world.chance().between(5_000, 15_000),
            TimeUnit.MILLISECONDS);
  }

  private void wake(List<UserId> marked) {
    for (UserId user : marked) {
      if (world.ownerOf(user) == this || world.weather().goesAstray()) {
        world.trace().note(name + " wakes " + user);
        Disposable unused = shard.wake(new MailboxRef(user, 1)).subscribe();
      }
    }
  }

  private SmtpHost newHost() {
    SimulatedRouter router = new SimulatedRouter(world, life);
    SmtpLimits limits =
        new SmtpLimits(
            1024 * 1024,
            Duration.ofMinutes(5),
            100,
            Duration.ofMinutes(15),
            20,
            world.scale().portTimeout());
    return new SmtpHost(
        new SmtpSettings(
            "mx.example.com",
            List.of(SimulatedUser.DOMAIN),
            Address.parse("email:user0@example.com"),
            limits),
        new SmtpEnvironment(life, life.clock(), world.chance().random()),
        router,
        router,
        new SmtpGate(1_000, 64L * 1024 * 1024),
        SmtpObserver.NONE);
  }
}
