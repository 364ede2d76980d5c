package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageView;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Someone who reads mailboxes on any node and compares with what was promised. */
final class MailboxReader {
  static final MessageOrder WITH_DELETED = new MessageOrder(false, true);

  private static final long OWNER_LOOKS_MICROS = 20 * VirtualTime.SECOND;
  private static final long LOOK_MICROS_MAX = 500 * VirtualTime.MILLISECOND;

  private final World world;

  MailboxReader(World world) {
    this.world = world;
  }

  /**
   * Reads now and then until that time.
   *
   * @param pauseMicros between two reads, about
   */
  void begin(long pauseMicros, long untilMicros) {
    world
        .time()
        .after(
            world.chance().between(pauseMicros / 2, 2 * pauseMicros),
            () -> {
              if (world.time().nowMicros() < untilMicros) {
                readSomething();
                begin(pauseMicros, untilMicros);
              }
            });
  }

  private void readSomething() {
    SimulatedUser user = world.chance().oneOf(world.users());
    read(
        user,
        world.chance().oneOf(world.nodes()),
        world.chance().oneOf(List.of(Freshness.values())));
  }

  /** Something comes at that time: its user may read the latest state before it is answered. */
  void lookSoon(long afterMicros, SimulatedUser user) {
    if (world.chance().happens(world.scale().looks())) {
      long soon = afterMicros + world.chance().between(0, LOOK_MICROS_MAX);
      world.time().after(soon, () -> look(user));
    }
  }

  /** From then on and again: the owner finds what another one wrote that took itself for it. */
  void lookFrom(long afterMicros) {
    world
        .time()
        .after(
            afterMicros,
            () -> {
              world.users().forEach(this::look);
              lookFrom(OWNER_LOOKS_MICROS);
            });
  }

  private void look(SimulatedUser user) {
    read(user, world.nodeFor(user.id()), Freshness.LATEST);
  }

  private void read(SimulatedUser user, SimulatedNode node, Freshness freshness) {
    List<Letter> promised = world.ledger().promisedTo(user);
    List<String> texts = new ArrayList<>();
    world.notes().promisedBy(user).forEach(note -> texts.add(note.text()));
    world.texts().promisedTo(user).forEach(message -> texts.add(message.text()));
    list(
        node,
        user,
        freshness,
        messages -> {
          if (freshness == Freshness.LATEST) {
            requireAll(user, promised, messages);
            requireTexts(texts, messages);
          }
          checkListed(user, messages);
          if (!messages.isEmpty()) {
            checkRaw(node, user, world.chance().oneOf(messages));
          }
        });
  }

  /** All pages; silent if the node can't or won't answer. */
  void list(
      SimulatedNode node,
      SimulatedUser user,
      Freshness freshness,
      Consumer<List<MessageView>> then) {
    listFrom(node, user, freshness, Optional.empty(), new ArrayList<>(), then);
  }

  private void listFrom(
      SimulatedNode node,
      SimulatedUser user,
      Freshness freshness,
      Optional<String> token,
      List<MessageView> before,
      Consumer<List<MessageView>> then) {
    PageRequest request = new PageRequest(world.chance().between(5, 50), token);
    node.<Page<MessageView>>read(
        user,
        new MailboxRequest.ListMessages(
            user.mailbox(), Optional.empty(), WITH_DELETED, request, freshness),
        outcome -> {
          if (outcome instanceof Found<Page<MessageView>> found) {
            before.addAll(found.value().items());
            Optional<String> next = found.value().nextToken();
            if (next.isPresent()) {
              listFrom(node, user, freshness, next, before, then);
            } else {
              then.accept(before);
            }
          } else if (!(outcome instanceof ReadOutcome.Retry || notYet(outcome))) {
            world.violation("a listing answered " + outcome);
          }
        });
  }

  private static boolean notYet(ReadOutcome<?> outcome) {
    return outcome instanceof ReadOutcome.NotHere;
  }

  /** What was promised before a read of the latest state began is in it. */
  private void requireAll(SimulatedUser user, List<Letter> promised, List<MessageView> messages) {
    Set<Letter> listed = new HashSet<>();
    for (MessageView message : messages) {
      world
          .logs()
          .raw(user.log(), message.position())
          .flatMap(world.ledger()::letterOf)
          .ifPresent(listed::add);
    }
    for (Letter letter : promised) {
      if (!listed.contains(letter)) {
        world.violation("the latest state lacks " + letter.mark());
      }
    }
  }

  private void requireTexts(List<String> texts, List<MessageView> messages) {
    Set<String> listed = new HashSet<>();
    messages.forEach(message -> listed.add(message.text()));
    for (String text : texts) {
      if (!listed.contains(text)) {
        world.violation("the latest state lacks " + text);
      }
    }
  }

  /** What is listed stands in the log, in order, each once. */
  private void checkListed(SimulatedUser user, List<MessageView> messages) {
    long last = 0;
    for (MessageView message : messages) {
      boolean rises = message.position().value() > last;
      if (!rises || world.logs().raw(user.log(), message.position()).isEmpty()) {
        world.violation("listed, but not in the log or out of order: " + message.id());
      }
      last = message.position().value();
    }
  }

  /** By a ring the second question may reach another owner, who has not read so far. */
  private void checkRaw(SimulatedNode node, SimulatedUser user, MessageView message) {
    node.<Bytes>read(
        user,
        new MailboxRequest.Raw(user.mailbox(), message.id()),
        outcome -> {
          boolean wrong =
              outcome instanceof Found<Bytes> found
                  && !world
                      .logs()
                      .raw(user.log(), message.position())
                      .equals(Optional.of(found.value()));
          boolean lost = outcome instanceof ReadOutcome.NoSuch && !world.hasRing();
          if (wrong || lost) {
            world.violation("raw answered otherwise than the log: " + message.id());
          }
        });
  }
}
