package io.tributary.mailbox;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Arrival;
import io.tributary.codecs.log.Action.ConsentAsked;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Action.Known;
import io.tributary.codecs.log.Action.Mail;
import io.tributary.codecs.log.Action.Placing;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.People.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions of one entry that is being made: tentative, on top of the committed state, which they
 * never touch. They are thrown away if the entry's number is taken.
 */
final class Decisions {
  private final MailboxState committed;
  private final long nowMillis;
  private final List<RecordedAction> actions = new ArrayList<>();
  private final Set<Object> identities = new HashSet<>();
  private final Map<Bytes, Position> threadsByPeople = new HashMap<>();
  private final Map<Bytes, Position> threadsByMessageId = new HashMap<>();

  Decisions(MailboxState committed, long nowMillis) {
    this.committed = committed;
    this.nowMillis = nowMillis;
  }

  MailboxState committed() {
    return committed;
  }

  long nowMillis() {
    return nowMillis;
  }

  List<RecordedAction> actions() {
    return actions;
  }

  /** Where the next action will stand. */
  Position next() {
    return Position.of(committed.entry() + 1, actions.size());
  }

  /** Whether this entry has the same thing already; from now on it has. */
  boolean holds(Optional<Object> identity) {
    return identity.isPresent() && identities.contains(identity.get());
  }

  void note(Optional<Object> identity) {
    identity.ifPresent(identities::add);
  }

  /** Adds the first action of a request. */
  void add(Request request, Action action, Optional<MessagePayload> payload) {
    actions.add(
        new RecordedAction(
            nowMillis, request.key(), Optional.of(request.content()), action, payload));
  }

  /** Adds an action that no key leads to. */
  void add(Action action) {
    actions.add(new RecordedAction(nowMillis, Optional.empty(), action, Optional.empty()));
  }

  /** Decides the thread of a message and adds it behind the actions decided before. */
  void deliver(Delivery delivery, MessagePayload payload) {
    boolean claimed = delivery.envelope().from().standing() == Standing.CLAIMS_LOCAL;
    // a forged mail must not draw the replies to the real one
    Optional<Bytes> messageId = claimed ? Optional.empty() : delivery.content().references().own();
    Delivered delivered =
        new Delivered(
            new Arrival(
                delivery.envelope().channel(),
                delivery.envelope().from().standing(),
                delivery.recipient().resolvedBy(),
                delivery.envelope().receivedMillis()),
            place(delivery, claimed),
            new Mail(messageId, delivery.content().raw().length()),
            delivery.origin(),
            known(delivery, payload),
            consent(delivery));
    Position thread = remember(delivered.placing());
    messageId.ifPresent(id -> threadsByMessageId.putIfAbsent(id, thread));
    actions.add(new RecordedAction(nowMillis, delivery.key(), delivered, Optional.of(payload)));
  }

  private Placing place(Delivery delivery, boolean claimed) {
    List<Person> others = Deliveries.people(delivery).stream().filter(committed::isOther).toList();
    Bytes people = People.hash(claimed, committed.names(others));
    Optional<Position> reply =
        claimed ? Optional.empty() : threadOfParents(delivery.content().references().parents());
    Optional<Position> thread = reply.or(() -> threadOfPeople(people));
    boolean known = !claimed && (others.isEmpty() || others.stream().anyMatch(committed::knows));
    return new Placing(thread, reason(reply, thread), people, folder(thread, known));
  }

  /** Of a message that the user sends: by the set of people alone. */
  Placing placeByPeople(Bytes people) {
    Optional<Position> thread = threadOfPeople(people);
    return new Placing(thread, reason(Optional.empty(), thread), people, folderOfSent(thread));
  }

  private static ThreadReason reason(Optional<Position> reply, Optional<Position> thread) {
    if (reply.isPresent()) {
      return ThreadReason.REPLY;
    }
    return thread.isPresent() ? ThreadReason.PEOPLE : ThreadReason.NEW;
  }

  /**
   * Where a thread begins, or moves to when a message arrives: out of Archive, and out of Other
   * when its people are known.
   */
  private Optional<Folder> folder(Optional<Position> thread, boolean known) {
    Folder arrives = known ? Folder.MESSAGES : Folder.OTHER;
    if (thread.isEmpty()) {
      return known ? Optional.empty() : Optional.of(arrives);
    }
    Folder now = folderNow(thread.get()).orElse(Folder.MESSAGES);
    boolean moves = now == Folder.ARCHIVE || (known && now == Folder.OTHER);
    return moves ? Optional.of(arrives) : Optional.empty();
  }

  /** Where a thread moves to when the user writes in it: out of Other and Archive. */
  Optional<Folder> folderOfSent(Optional<Position> thread) {
    if (thread.isEmpty()) {
      return Optional.empty();
    }
    boolean moves =
        folderNow(thread.get())
            .map(now -> now == Folder.OTHER || now == Folder.ARCHIVE)
            .orElse(true);
    return moves ? Optional.of(Folder.MESSAGES) : Optional.empty();
  }

  /** Empty for a thread that begins in this entry. */
  private Optional<Folder> folderNow(Position thread) {
    return Optional.ofNullable(committed.threads().at(thread)).map(ThreadState::folder);
  }

  /** Later messages of this entry find the thread; its first position. */
  Position remember(Placing placing) {
    Position thread = placing.thread().orElseGet(this::next);
    if (placing.reason() == ThreadReason.NEW) {
      threadsByPeople.put(placing.people(), thread);
    }
    return thread;
  }

  private Optional<Position> threadOfParents(List<Bytes> parents) {
    return parents.stream().flatMap(parent -> threadOfMessageId(parent).stream()).findFirst();
  }

  private Optional<Position> threadOfMessageId(Bytes hash) {
    return committed
        .threads()
        .ofMessageId(hash)
        .map(ThreadState::first)
        .or(() -> Optional.ofNullable(threadsByMessageId.get(hash)));
  }

  private Optional<Position> threadOfPeople(Bytes hash) {
    return committed
        .threads()
        .ofPeople(hash)
        .map(ThreadState::first)
        .or(() -> Optional.ofNullable(threadsByPeople.get(hash)));
  }

  private static List<Known> known(Delivery delivery, MessagePayload payload) {
    List<Known> known = new ArrayList<>();
    if (delivery.envelope().from().standing() != Standing.CLAIMS_LOCAL) {
      delivery.known().user(payload.from()).ifPresent(user -> known.add(new Known(0, user)));
    }
    for (int to = 0; to < payload.to().size(); to++) {
      int index = to + 1;
      delivery
          .known()
          .user(payload.to().get(to))
          .ifPresent(user -> known.add(new Known(index, user)));
    }
    return known;
  }

  private static Optional<ConsentAsked> consent(Delivery delivery) {
    return delivery
        .content()
        .sms()
        .flatMap(sms -> sms.consent())
        .map(asked -> new ConsentAsked(asked, delivery.envelope().from().address()));
  }
}
