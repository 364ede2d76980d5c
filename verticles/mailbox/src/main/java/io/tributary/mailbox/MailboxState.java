package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Contacts.Contact;
import io.tributary.mailbox.IdempotencyKeys.Use;
import io.tributary.mailbox.People.Person;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.storage.LogId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  private boolean sealed;
  private MailboxParts parts = new MailboxParts();
  private Tail tail = new Tail();

  /** Before the first entry. */
  MailboxState(LogId log) {
    this.log = log;
  }

  /**
   * As it was saved.
   *
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  MailboxState(MailboxSnapshot saved) {
    this(new LogId(new UserId(saved.getUser()), saved.getGeneration()));
    entry = saved.getEntry();
    head = Position.of(entry, saved.getLastIndex());
    foldMillis = saved.getFoldMillis();
    name = saved.getName();
    own = saved.getAddressesList().stream().map(Address::parse).collect(Collectors.toSet());
    sealed = saved.getSealed();
    parts = new MailboxParts(saved);
  }

  /** All of it, as a new object would need it. */
  MailboxSnapshot save() {
    MailboxSnapshot.Builder saved =
        MailboxSnapshot.newBuilder()
            .setUser(user().value())
            .setGeneration(log.generation())
            .setEntry(entry)
            .setLastIndex(head.index())
            .setFoldMillis(foldMillis)
            .setName(name)
            .setSealed(sealed)
            .addAllAddresses(own.stream().map(Address::toString).sorted().toList());
    parts.save(saved);
    return saved.build();
  }

  /** Becomes what the other one is, which is given away. */
  void become(MailboxState other) {
    entry = other.entry;
    head = other.head;
    foldMillis = other.foldMillis;
    name = other.name;
    own = other.own;
    sealed = other.sealed;
    parts = other.parts;
    tail = other.tail;
  }

  LogId log() {
    return log;
  }

  /** What was folded since the last snapshot. */
  Tail tail() {
    return tail;
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

  /** It goes on in another log: this one grows no more. */
  boolean isSealed() {
    return sealed;
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
    return parts.keys.find(key, Math.max(nowMillis, foldMillis)).map(Use::position);
  }

  /** What that request's key was used for, if at {@code nowMillis} it still counts. */
  Optional<Use> byRequest(Bytes key, long nowMillis) {
    return parts.requests.find(key, Math.max(nowMillis, foldMillis));
  }

  MessageIndex messages() {
    return parts.messages;
  }

  Threads threads() {
    return parts.threads;
  }

  Copies copies() {
    return parts.copies;
  }

  Outstanding outstanding() {
    return parts.outstanding;
  }

  Contacts contacts() {
    return parts.contacts;
  }

  Marks marks() {
    return parts.marks;
  }

  TextMessages texts() {
    return parts.texts;
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
    return person.name(parts.contacts::holding);
  }

  /** Whether the user knows them: a contact, or a user here. */
  boolean knows(Person person) {
    return person.user().isPresent() || parts.contacts.holding(person.address()).isPresent();
  }

  ThreadView view(ThreadState thread) {
    int last = thread.message(thread.messageCount() - 1);
    return thread.view(id(thread.first()), !parts.messages.deleted(last));
  }

  MessageId id(Position position) {
    return new MessageId(log.user(), position);
  }

  /** Id of the thread that a message of this mailbox belongs to. */
  MessageId threadOf(MessageId message) {
    return threadOf(parts.messages.at(message.position()).orElseThrow());
  }

  MessageId threadOf(int message) {
    return id(parts.threads.get(parts.messages.thread(message)).first());
  }

  long weightBytes() {
    return WEIGHT_BYTES + parts.weightBytes();
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
    parts.messages.addEntry(storedBytes);
    tail.add(storedBytes);
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
    parts.keys.expire(foldMillis);
    parts.requests.expire(foldMillis);
    remember(position, recorded);
    Action action = recorded.action();
    if (action instanceof Action.Opened opened) {
      name = opened.name();
      own = Set.copyOf(opened.addresses());
    } else if (action instanceof Action.Sealed) {
      sealed = true;
    } else if (action instanceof OfMessage message) {
      new Arriving(this, position, message, recorded.payload()).place();
    } else if (action instanceof Action.Settled settled) {
      settled.settlements().forEach(parts.outstanding::settle);
    } else if (action instanceof Action.ContactSet set) {
      parts.contacts.set(new Contact(set.contact().orElse(position), set.name(), set.addresses()));
      set.aliases().forEach(parts.threads::alias);
    } else if (action instanceof Action.Read read) {
      parts.marks.read(read.thread(), read.upTo());
    } else if (action instanceof Action.Modified modified) {
      parts.marks.modify(position, modified);
    } else if (action instanceof Action.AddressesSet set) {
      own = Set.copyOf(set.addresses());
    } else if (action instanceof Action.SmsStatusNoted noted) {
      parts.texts.note(noted.status());
    } else {
      throw new IllegalStateException("action was checked to be known: " + action.getClass());
    }
  }

  private void remember(Position position, RecordedAction recorded) {
    if (recorded.key().isPresent()) {
      IdempotencyKeys table = recorded.request().isPresent() ? parts.requests : parts.keys;
      table.add(recorded.key().get(), new Use(position, foldMillis, recorded.request()));
    }
  }
}
