package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.People.Person;
import io.tributary.records.v1.ThreadSnapshot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** One thread, as the fold has it. */
final class ThreadState {
  static final int PARTICIPANTS_MAX = 1_000;
  static final int AUTHORS_MAX = 50;
  private static final int WEIGHT_BYTES = 600;
  private static final int PARTICIPANT_WEIGHT_BYTES = 170;
  private static final int UTF8_BYTES_MAX = 3;

  private final int ordinal;
  private final Position first;
  private final String subject;
  private final Beginning beginning;

  /** Whoever wrote or was written to last stands last. */
  private final Map<Address, Optional<UserId>> participants = new LinkedHashMap<>(4);

  /** Who wrote in it from outside, with the names they gave themselves. */
  private final Map<Address, String> authors = new LinkedHashMap<>(2);

  private final TreeSet<String> flags = new TreeSet<>();
  private List<Address> sortedParticipants = List.of();
  private String snippet = "";
  private int count;
  private int[] messages = new int[2];
  private int shown;
  private int unread;
  private Folder folder = Folder.MESSAGES;
  private Position readUpTo = Position.START;
  private Position last;
  private long lastMillis;

  /**
   * How a thread began.
   *
   * @param members its set of people; empty where that is not to be had, or nobody
   * @param claimed its author only claimed an address of ours
   */
  record Beginning(List<Person> members, boolean claimed) {}

  ThreadState(int ordinal, Position first, String subject, Beginning beginning) {
    this.ordinal = ordinal;
    this.first = first;
    this.subject = subject;
    this.beginning = beginning;
    this.last = first;
  }

  /**
   * Without its messages: they are added anew.
   *
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  ThreadState(int ordinal, ThreadSnapshot saved) {
    this(
        ordinal,
        new Position(saved.getFirst()),
        saved.getSubject(),
        new Beginning(SavedPeople.people(saved.getMembersList()), saved.getClaimed()));
    SavedPeople.people(saved.getParticipantsList())
        .forEach(person -> participants.put(person.address(), person.user()));
    for (int i = 0; i < saved.getAuthorsCount(); i++) {
      authors.put(Address.parse(saved.getAuthors(i)), saved.getAuthorNames(i));
    }
    flags.addAll(saved.getFlagsList());
    snippet = saved.getSnippet();
    shown = saved.getShown();
    unread = saved.getUnread();
    folder = Folder.ofNumber(saved.getFolder());
    readUpTo = new Position(saved.getReadUpTo());
    lastMillis = saved.getLastMillis();
  }

  ThreadSnapshot save() {
    ThreadSnapshot.Builder saved =
        ThreadSnapshot.newBuilder()
            .setFirst(first.value())
            .setSubject(subject)
            .addAllMembers(SavedPeople.save(beginning.members))
            .setClaimed(beginning.claimed)
            .addAllFlags(flags)
            .setSnippet(snippet)
            .setShown(shown)
            .setUnread(unread)
            .setFolder(folder.number())
            .setReadUpTo(readUpTo.value())
            .setLastMillis(lastMillis);
    participants.forEach(
        (address, user) -> saved.addParticipants(SavedPeople.save(new Person(address, user))));
    authors.forEach((author, name) -> saved.addAuthors(author.toString()).addAuthorNames(name));
    return saved.build();
  }

  int ordinal() {
    return ordinal;
  }

  /** Of its first message: this names the thread. */
  Position first() {
    return first;
  }

  /** Of its newest message. */
  Position last() {
    return last;
  }

  Beginning beginning() {
    return beginning;
  }

  Folder folder() {
    return folder;
  }

  Position readUpTo() {
    return readUpTo;
  }

  int unread() {
    return unread;
  }

  TreeSet<String> flags() {
    return flags;
  }

  /** Whether it has a message that is not deleted. */
  boolean isShown() {
    return shown > 0;
  }

  /** Messages that are not deleted. */
  int shown() {
    return shown;
  }

  int messageCount() {
    return count;
  }

  /** Ordinal of the n-th message. */
  int message(int n) {
    return messages[n];
  }

  /** Everyone in it but the mailbox's user, whoever wrote or was written to last at the end. */
  Map<Address, Optional<UserId>> participants() {
    return participants;
  }

  boolean anyMessage(IntPredicate condition) {
    for (int n = 0; n < count; n++) {
      if (condition.test(messages[n])) {
        return true;
      }
    }
    return false;
  }

  /** The oldest of those who wrote in it from outside, with their names. */
  Map<Address, String> authors() {
    return authors;
  }

  void wrote(Address author, String name) {
    if (authors.size() < AUTHORS_MAX) {
      authors.putIfAbsent(author, name.length() > ContactRule.NAME_CHARACTERS_MAX ? "" : name);
    }
  }

  void add(int message, Position position, long millis, Optional<MessagePayload> payload) {
    add(message, position);
    lastMillis = millis;
    snippet = payload.map(Snippet::of).orElse("");
    shown++;
  }

  /** One that was counted before. */
  void add(int message, Position position) {
    if (count == messages.length) {
      messages = Arrays.copyOf(messages, count * 2);
    }
    messages[count++] = message;
    last = position;
  }

  void join(Person person) {
    boolean known = participants.remove(person.address()) != null;
    if (known || participants.size() < PARTICIPANTS_MAX) {
      participants.put(person.address(), person.user());
    }
    if (!known) {
      sortedParticipants = List.of();
    }
  }

  void moveTo(Folder next) {
    folder = next;
  }

  void readUpTo(Position position, int unreadNow) {
    readUpTo = position;
    unread = unreadNow;
  }

  void countUnread(int more) {
    unread += more;
  }

  void countShown(int more) {
    shown += more;
  }

  /**
   * @param lastIsShown whether its newest message is not deleted
   */
  ThreadView view(MessageId id, boolean lastIsShown) {
    if (sortedParticipants.isEmpty()) {
      sortedParticipants = participants.keySet().stream().sorted().toList();
    }
    return new ThreadView(
        id,
        sortedParticipants,
        subject,
        lastIsShown ? snippet : "",
        shown,
        last,
        lastMillis,
        new ThreadView.Marks(folder, List.copyOf(flags), unread, readUpTo));
  }

  /** About what a listing of it takes, at most. */
  long viewBytes() {
    long bytes = 100 + UTF8_BYTES_MAX * (long) (subject.length() + snippet.length());
    for (String flag : flags) {
      bytes += 10 + UTF8_BYTES_MAX * (long) flag.length();
    }
    for (Address participant : participants.keySet()) {
      bytes += 10 + UTF8_BYTES_MAX * (long) participant.value().length();
    }
    return bytes;
  }

  long weightBytes() {
    return WEIGHT_BYTES
        + (long) Integer.BYTES * messages.length
        + 2L * (subject.length() + snippet.length())
        + (long) PARTICIPANT_WEIGHT_BYTES
            * (participants.size() + authors.size() + beginning.members().size());
  }
}
