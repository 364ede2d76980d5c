package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Contacts.Contact;
import io.tributary.mailbox.IdempotencyKeys.Use;
import io.tributary.mailbox.People.Person;
import io.tributary.storage.LogId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mailbox: the fold of its log up to some entry. It changes by {@link #fold} alone, which
 * consults nothing but the entry and what was folded before: no rules, no clock, no configuration.
 * What messages say stays in the log, but for what a listing of threads shows.
 */
final class MailboxState {
  private static final int WEIGHT_BYTES = 3_000;

  private final LogId log;
  private long entry;
  private Position head = Position.START;
  private long foldMillis = Long.MIN_VALUE;
  private String name = "";
  private Set<Address> own = Set.of();
  private final MessageIndex messages = new MessageIndex();
  private final Threads threads = new Threads();
  private final IdempotencyKeys keys = new IdempotencyKeys();
  private final IdempotencyKeys requests = new IdempotencyKeys();
  private final Copies copies = new Copies();
  private final Outstanding outstanding = new Outstanding();
  private final Contacts contacts = new Contacts();
  private final Marks marks = new Marks(messages, threads);
  private final TextMessages texts = new TextMessages();

  /** Before the first entry. */
  MailboxState(LogId log) {
    this.log = log;
  }

  LogId log() {
    return log;
  }

  UserId user() {
    return log.user();
  }

  /** For logs of what happens here. */
  String names() {
    return "user=" + user() + " generation=" + log.generation() + " entry=" + entry;
  }

  /** Number of the entry folded last; 0 before the first. */
  long entry() {
    return entry;
  }

  /** Position of the newest action. */
  Position head() {
    return head;
  }

  boolean isEmpty() {
    return entry == 0;
  }

  String name() {
    return name;
  }

  Set<Address> own() {
    return own;
  }

  /** What the user's own messages are from: the chat address, if there is one. */
  Address ownAddress() {
    return own.stream()
        .filter(address -> address.kind() == AddressKind.CHAT)
        .sorted()
        .findFirst()
        .or(() -> own.stream().sorted().findFirst())
        .orElseThrow(() -> new BrokenLogException("a mailbox without any address"));
  }

  /** The committed message with that key, if at {@code nowMillis} it still counts. */
  Optional<Position> byKey(Bytes key, long nowMillis) {
    return keys.find(key, Math.max(nowMillis, foldMillis)).map(Use::position);
  }

  /** What that request's key was used for, if at {@code nowMillis} it still counts. */
  Optional<Use> byRequest(Bytes key, long nowMillis) {
    return requests.find(key, Math.max(nowMillis, foldMillis));
  }

  MessageIndex messages() {
    return messages;
  }

  Threads threads() {
    return threads;
  }

  Copies copies() {
    return copies;
  }

  Outstanding outstanding() {
    return outstanding;
  }

  Contacts contacts() {
    return contacts;
  }

  Marks marks() {
    return marks;
  }

  TextMessages texts() {
    return texts;
  }

  /** Whether that is somebody else than the user. */
  boolean isOther(Person person) {
    return !own.contains(person.address()) && !person.user().equals(Optional.of(user()));
  }

  /** What people are called in sets of people. */
  List<String> names(List<Person> people) {
    return people.stream().map(this::name).toList();
  }

  String name(Person person) {
    return person.name(contacts::holding);
  }

  /** Whether the user knows them: a contact, or a user here. */
  boolean knows(Person person) {
    return person.user().isPresent() || contacts.holding(person.address()).isPresent();
  }

  ThreadView view(ThreadState thread) {
    int last = thread.message(thread.messageCount() - 1);
    return thread.view(id(thread.first()), !messages.deleted(last));
  }

  MessageId id(Position position) {
    return new MessageId(log.user(), position);
  }

  /** Id of the thread that a message of this mailbox belongs to. */
  MessageId threadOf(MessageId message) {
    return threadOf(messages.at(message.position()).orElseThrow());
  }

  MessageId threadOf(int message) {
    return id(threads.get(messages.thread(message)).first());
  }

  long weightBytes() {
    return WEIGHT_BYTES
        + messages.weightBytes()
        + threads.weightBytes()
        + keys.weightBytes()
        + requests.weightBytes()
        + copies.weightBytes()
        + outstanding.weightBytes()
        + contacts.weightBytes()
        + marks.weightBytes()
        + texts.weightBytes();
  }

  /**
   * Takes the next entry in: whole, or not at all.
   *
   * @param storedBytes its size in the log
   * @throws BrokenLogException if it doesn't follow what was folded before
   */
  void fold(long number, Entry next, int storedBytes) {
    check(number, next);
    entry = number;
    head = Position.of(number, next.actions().size() - 1);
    messages.addEntry(storedBytes);
    for (int index = 0; index < next.actions().size(); index++) {
      apply(Position.of(number, index), next.actions().get(index));
    }
  }

  /**
   * Whether {@link #fold} would take it.
   *
   * @throws BrokenLogException if not
   */
  void check(long number, Entry next) {
    new EntryCheck(this, number, next).run();
  }

  private void apply(Position position, RecordedAction recorded) {
    foldMillis = Math.max(foldMillis, recorded.recordedMillis());
    keys.expire(foldMillis);
    requests.expire(foldMillis);
    remember(position, recorded);
    Action action = recorded.action();
    if (action instanceof Action.Opened opened) {
      name = opened.name();
      own = Set.copyOf(opened.addresses());
    } else if (action instanceof OfMessage message) {
      place(position, message, recorded.payload());
    } else if (action instanceof Action.Settled settled) {
      settled.settlements().forEach(outstanding::settle);
    } else if (action instanceof Action.ContactSet set) {
      contacts.set(new Contact(set.contact().orElse(position), set.name(), set.addresses()));
      set.aliases().forEach(threads::alias);
    } else if (action instanceof Action.Read read) {
      marks.read(read.thread(), read.upTo());
    } else if (action instanceof Action.Modified modified) {
      marks.modify(position, modified);
    } else if (action instanceof Action.AddressesSet set) {
      own = Set.copyOf(set.addresses());
    } else if (action instanceof Action.SmsStatusNoted noted) {
      texts.note(noted.status());
    } else {
      throw new IllegalStateException("action was checked to be known: " + action.getClass());
    }
  }

  private void remember(Position position, RecordedAction recorded) {
    if (recorded.key().isPresent()) {
      IdempotencyKeys table = recorded.request().isPresent() ? requests : keys;
      table.add(recorded.key().get(), new Use(position, foldMillis, recorded.request()));
    }
  }

  private void place(Position position, OfMessage message, Optional<MessagePayload> payload) {
    List<Person> people =
        payload.map(content -> Participants.of(message, content, this::isOther)).orElse(List.of());
    ThreadState thread =
        message.thread().isPresent()
            ? threads.existing(message.thread().get())
            : begin(position, message, payload, people);
    boolean own = message instanceof Action.Sent;
    int ordinal = messages.count();
    messages.add(position, thread.ordinal(), own, payload.map(MailboxState::shownBytes).orElse(0L));
    threads.change(
        thread,
        () -> {
          thread.add(ordinal, position, message.millis(), payload);
          people.forEach(thread::join);
          message.placing().folder().ifPresent(thread::moveTo);
          thread.countUnread(own ? 0 : 1);
        });
    if (message instanceof Action.Delivered delivered) {
      delivered.mail().messageId().ifPresent(id -> threads.nameMessage(id, thread));
      delivered.origin().ifPresent(origin -> copies.add(origin, position));
      delivered.consent().ifPresent(asked -> texts.note(delivered.arrival().resolvedBy(), asked));
      payload.ifPresent(content -> noteAuthor(thread, content, people));
    } else if (message instanceof Action.Sent sent) {
      outstanding.add(position, sent.recipients(), user());
    }
  }

  private static void noteAuthor(ThreadState thread, MessagePayload payload, List<Person> people) {
    people.stream()
        .filter(person -> person.address().equals(payload.from()) && person.user().isEmpty())
        .forEach(person -> thread.wrote(person.address(), payload.fromName()));
  }

  private ThreadState begin(
      Position position, OfMessage message, Optional<MessagePayload> payload, List<Person> people) {
    String subject = payload.map(MessagePayload::subject).orElse("");
    return threads.begin(
        position, message.placing().people(), subject, Participants.beginning(message, people));
  }

  private static long shownBytes(MessagePayload payload) {
    return EntryCodec.payloadBytesMax(payload) - payload.raw().length();
  }
}
