package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.Ownership;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.OwnMailboxes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way into the mailboxes of one life of a node. What comes out of it is compared with the log,
 * at once.
 */
final class ShardDoor implements OwnMailboxes {
  private static final long SLACK_MICROS = 2 * VirtualTime.MILLISECOND;

  private final World world;
  private final String node;
  private final Life life;
  private final NodeWatch watch;
  private final List<MailboxShard> shards;
  private final Map<UserId, Position> lostHeads = new HashMap<>();
  private Ownership ownership = Ownership.SURE;

  /**
   * @param node for people
   * @param shards the one that serves, and another
   */
  ShardDoor(World world, String node, Life life, NodeWatch watch, List<MailboxShard> shards) {
    this.world = world;
    this.node = node;
    this.life = life;
    this.watch = watch;
    this.shards = List.copyOf(shards);
  }

  /** The answer may never come. */
  @Override
  public <A> Single<A> ask(UserId user, MailboxRequest<A> request) {
    return Single.create(caller -> life.enter(() -> ask(request, caller)));
  }

  private <A> void ask(MailboxRequest<A> request, SingleEmitter<A> caller) {
    boolean changes =
        request instanceof MailboxRequest.Deliver || request instanceof MailboxRequest.Execute;
    String what = name(request);
    Position known = leastShown(request);
    long began = world.time().nowMicros() - life.pausedMicros();
    Object open = watch.begin(what, changes, world.time().nowMicros());
    Disposable unused =
        request
            .askOf(shardFor(changes))
            .subscribe(
                answer -> {
                  if (!life.ended()) {
                    watch.end(open);
                    if (!(request instanceof MailboxRequest.Wake)) {
                      checkPatience(what, world.time().nowMicros() - life.pausedMicros() - began);
                    }
                    world.trace().note(node + " " + what + ": " + summary(answer));
                    check(request, answer);
                    checkFreshness(answer, known);
                    caller.onSuccess(answer);
                  }
                },
                failure -> world.violation(what + " signalled " + failure));
  }

  /** Without a ring a change may meet the wrong one, which takes itself for the owner too. */
  private MailboxShard shardFor(boolean changes) {
    boolean mixedUp = changes && !world.hasRing() && world.weather().mixesShardsUp();
    return shards.get(mixedUp ? 1 : 0);
  }

  private void checkPatience(String what, long micros) {
    long deadline = world.scale().mailboxDeadline().toNanos() / 1_000;
    if (micros > deadline + SLACK_MICROS) {
      world.violation(what + " was answered after " + micros + " us");
    }
  }

  /** How this node stands with its cell. */
  void becomes(Ownership now) {
    ownership = now;
    if (now == Ownership.LOST) {
      lostHeads.clear();
      world.users().forEach(user -> lostHeads.put(user.id(), headOf(user.id())));
    }
  }

  private Position headOf(UserId user) {
    return world.watch().tale(user).head();
  }

  /**
   * A node that is not sure of its share asks the log at each read; one that was told that it has
   * lost it shows nothing older than the log was then.
   */
  private Position leastShown(MailboxRequest<?> request) {
    return reader(request)
        .map(
            user ->
                ownership == Ownership.SURE
                    ? lostHeads.getOrDefault(user, Position.START)
                    : headOf(user))
        .orElse(Position.START);
  }

  /** Whose head the answer will show. */
  private static Optional<UserId> reader(MailboxRequest<?> request) {
    if (request instanceof MailboxRequest.Events events) {
      return Optional.of(events.mailbox().user());
    }
    return request instanceof MailboxRequest.Stats stats
        ? Optional.of(stats.mailbox().user())
        : Optional.empty();
  }

  private void checkFreshness(Object answer, Position least) {
    Position shown = least;
    if (answer instanceof ReadOutcome.Found<?> found) {
      if (found.value() instanceof EventPage events) {
        shown = events.head();
      } else if (found.value() instanceof MailboxStats stats) {
        shown = stats.head();
      }
    }
    if (shown.compareTo(least) < 0) {
      world.violation(
          "%s, %s of its share, showed the state as of %s, when the log was at %s"
              .formatted(node, ownership, shown, least));
    }
  }

  /** What is promised must be in the log at that moment. */
  private void check(MailboxRequest<?> request, Object answer) {
    if (request instanceof MailboxRequest.Deliver deliver) {
      world.ledger().check(deliver.delivery(), (DeliverOutcome) answer);
    } else if (request instanceof MailboxRequest.Execute execute) {
      check(execute.command(), (CommandOutcome) answer);
    }
  }

  private void check(Command command, CommandOutcome outcome) {
    if (command instanceof Command.Send send) {
      world.notes().withText(send.text()).ifPresent(note -> world.notes().check(note, outcome));
    } else if (outcome instanceof CommandOutcome.Done done) {
      keyOf(command).flatMap(world::errand).ifPresent(errand -> check(errand, done));
    }
  }

  private void check(Errand errand, CommandOutcome.Done done) {
    TaleMarks marks = world.watch().tale(errand.user().id()).marks();
    errand
        .wrong(marks, done.position())
        .ifPresent(wrong -> world.violation(errand + " was answered " + done + ", " + wrong));
  }

  private static Optional<String> keyOf(Command command) {
    return command.request().key().map(ShardDoor::text);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.unsafeArray(), StandardCharsets.UTF_8);
  }

  private static String name(MailboxRequest<?> request) {
    if (request instanceof MailboxRequest.Deliver deliver) {
      return "deliver to " + deliver.delivery().recipient().user();
    } else if (request instanceof MailboxRequest.Execute execute) {
      return execute.command() instanceof Command.Send send
          ? "send " + send.text()
          : keyOf(execute.command()).orElse("note");
    }
    return request instanceof MailboxRequest.Wake ? "wake" : "read";
  }

  private static String summary(Object answer) {
    String text = answer.toString();
    return text.length() > 200 ? text.length() + " " + text.hashCode() : text;
  }
}
