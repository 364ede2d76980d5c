package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Action.Opened;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.storage.LogId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A mailbox: the fold of its log up to some entry. It changes by {@link #fold} alone, which
 * consults nothing but the entry and what was folded before: no rules, no clock, no configuration.
 * What messages say stays in the log, but for what a listing of threads shows.
 */
final class MailboxState {
  private static final int WEIGHT_BYTES = 2_000;
  private static final int HASH_WEIGHT_BYTES = 120;

  private final LogId log;
  private long entry;
  private long foldMillis = Long.MIN_VALUE;
  private Set<Address> own = Set.of();
  private final MessageIndex messages = new MessageIndex();
  private final List<ThreadState> threads = new ArrayList<>();
  private final Map<Position, ThreadState> threadsByFirst = new HashMap<>();
  private final TreeMap<Position, ThreadState> threadsByLast = new TreeMap<>();
  private final Map<Bytes, ThreadState> threadsByPeople = new HashMap<>();
  private final Map<Bytes, ThreadState> threadsByMessageId = new HashMap<>();
  private final IdempotencyKeys keys = new IdempotencyKeys();
  private long threadsWeightBytes;

  /** Before the first entry. */
  MailboxState(LogId log) {
    this.log = log;
  }

  LogId log() {
    return log;
  }

  /** Number of the entry folded last; 0 before the first. */
  long entry() {
    return entry;
  }

  boolean isEmpty() {
    return entry == 0;
  }

  Set<Address> own() {
    return own;
  }

  /** The committed message with that key, if at {@code nowMillis} it still counts. */
  Optional<MessageId> byKey(Bytes key, long nowMillis) {
    return keys.find(key, Math.max(nowMillis, foldMillis)).map(this::id);
  }

  /** First position of the thread that the mail with this Message-ID belongs to. */
  Optional<Position> threadOfMessageId(Bytes hash) {
    return Optional.ofNullable(threadsByMessageId.get(hash)).map(ThreadState::first);
  }

  /** First position of the thread of that set of people. */
  Optional<Position> threadOfPeople(Bytes hash) {
    return Optional.ofNullable(threadsByPeople.get(hash)).map(ThreadState::first);
  }

  MessageIndex messages() {
    return messages;
  }

  OptionalInt threadAt(Position first) {
    ThreadState thread = threadsByFirst.get(first);
    return thread == null ? OptionalInt.empty() : OptionalInt.of(thread.ordinal());
  }

  /** At most so many threads, the one with the newest message first, from before a position on. */
  List<ThreadState> threadsBefore(Optional<Position> last, int max) {
    var newestFirst = last.map(at -> threadsByLast.headMap(at, false)).orElse(threadsByLast);
    return newestFirst.descendingMap().values().stream().limit(max).toList();
  }

  ThreadView view(ThreadState thread) {
    return thread.view(id(thread.first()));
  }

  MessageId id(Position position) {
    return new MessageId(log.user(), position);
  }

  /** Id of the thread that a message of this mailbox belongs to. */
  MessageId threadOf(MessageId message) {
    int ordinal = messages.at(message.position()).orElseThrow();
    return threadOf(ordinal);
  }

  MessageId threadOf(int message) {
    return id(threads.get(messages.thread(message)).first());
  }

  long weightBytes() {
    long hashes = (long) threadsByMessageId.size() + threadsByPeople.size();
    return WEIGHT_BYTES
        + messages.weightBytes()
        + threadsWeightBytes
        + HASH_WEIGHT_BYTES * hashes
        + keys.weightBytes();
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
    if (number != entry + 1) {
      throw new BrokenLogException("entry " + number + " follows entry " + entry);
    }
    for (int index = 0; index < next.actions().size(); index++) {
      Position position = Position.of(number, index);
      Action action = next.actions().get(index).action();
      boolean first = number == 1 && index == 0;
      if (first != action instanceof Opened) {
        throw new BrokenLogException(first ? "the log is not opened" : "opened again " + position);
      }
      if (action instanceof Opened opened && opened.generation() != log.generation()) {
        throw new BrokenLogException("opened as generation " + opened.generation());
      }
      if (action instanceof Delivered delivered) {
        checkThread(position, delivered, next);
      }
    }
  }

  private void checkThread(Position position, Delivered delivered, Entry next) {
    boolean begins = delivered.reason() == Action.ThreadReason.NEW;
    if (delivered.thread().isEmpty() != begins) {
      throw new BrokenLogException("a thread begins or is named, not both: " + position);
    }
    if (!begins && !known(delivered.thread().orElseThrow(), position, next)) {
      throw new BrokenLogException("no such thread: " + delivered.thread() + " at " + position);
    }
  }

  private boolean known(Position thread, Position before, Entry next) {
    if (thread.entry() != before.entry()) {
      return threadsByFirst.containsKey(thread);
    }
    return thread.compareTo(before) < 0
        && next.actions().get(thread.index()).action() instanceof Delivered earlier
        && earlier.thread().isEmpty();
  }

  private void apply(Position position, RecordedAction recorded) {
    foldMillis = Math.max(foldMillis, recorded.recordedMillis());
    keys.expire(foldMillis);
    recorded.key().ifPresent(key -> keys.add(key, position, foldMillis));
    if (recorded.action() instanceof Opened opened) {
      own = Set.copyOf(opened.addresses());
    } else if (recorded.action() instanceof Delivered delivered) {
      deliver(position, delivered, recorded.payload());
    }
  }

  private void deliver(Position position, Delivered delivered, Optional<MessagePayload> payload) {
    ThreadState thread =
        delivered.thread().isEmpty()
            ? begin(position, delivered, payload)
            : threadsByFirst.get(delivered.thread().get());
    if (thread == null) {
      throw new IllegalStateException("thread was checked to exist: " + position);
    }
    threadsByLast.remove(thread.last());
    threadsWeightBytes -= thread.weightBytes();
    thread.add(position, delivered, payload, own);
    threadsWeightBytes += thread.weightBytes();
    threadsByLast.put(position, thread);
    delivered.messageId().ifPresent(id -> threadsByMessageId.putIfAbsent(id, thread));
    messages.add(position, thread.ordinal(), payload.map(MailboxState::shownBytes).orElse(0L));
  }

  private ThreadState begin(
      Position position, Delivered delivered, Optional<MessagePayload> payload) {
    String subject = payload.map(MessagePayload::subject).orElse("");
    ThreadState thread = new ThreadState(threads.size(), position, subject);
    threads.add(thread);
    threadsByFirst.put(position, thread);
    threadsByPeople.putIfAbsent(delivered.people(), thread);
    threadsWeightBytes += thread.weightBytes();
    return thread;
  }

  private static long shownBytes(MessagePayload payload) {
    return EntryCodec.payloadBytesMax(payload) - payload.raw().length();
  }
}
