package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.HashesSnapshot;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.records.v1.ThreadSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The threads of a mailbox, and by what each is found. */
final class Threads {
  private static final int HASH_WEIGHT_BYTES = 120;

  private final List<ThreadState> all = new ArrayList<>();
  private final Map<Position, ThreadState> byFirst = new HashMap<>();
  private final TreeMap<Position, ThreadState> byLast = new TreeMap<>();
  private final Map<Bytes, ThreadState> byPeople = new LinkedHashMap<>();
  private final Map<Bytes, ThreadState> byMessageId = new LinkedHashMap<>();
  private long weightBytes;

  Threads() {}

  /**
   * Its messages are taken from the index.
   *
   * @throws RuntimeException if it can't be what was saved
   */
  Threads(MailboxSnapshot saved, MessageIndex messages) {
    for (ThreadSnapshot each : saved.getThreadsList()) {
      ThreadState thread = new ThreadState(all.size(), each);
      all.add(thread);
      byFirst.put(thread.first(), thread);
    }
    for (int message = 0; message < messages.count(); message++) {
      all.get(messages.thread(message)).add(message, messages.position(message));
    }
    for (ThreadState thread : all) {
      byLast.put(thread.last(), thread);
      weightBytes += thread.weightBytes();
    }
    restore(saved.getPeople(), byPeople);
    restore(saved.getMessageIds(), byMessageId);
  }

  private void restore(HashesSnapshot saved, Map<Bytes, ThreadState> hashes) {
    for (int i = 0; i < saved.getHashesCount(); i++) {
      hashes.put(SavedNumbers.bytes(saved.getHashes(i)), all.get(saved.getThreads(i)));
    }
  }

  void save(MailboxSnapshot.Builder saved) {
    all.forEach(thread -> saved.addThreads(thread.save()));
    saved.setPeople(save(byPeople)).setMessageIds(save(byMessageId));
  }

  private static HashesSnapshot save(Map<Bytes, ThreadState> hashes) {
    HashesSnapshot.Builder saved = HashesSnapshot.newBuilder();
    hashes.forEach(
        (hash, thread) -> saved.addHashes(SavedNumbers.save(hash)).addThreads(thread.ordinal()));
    return saved.build();
  }

  int count() {
    return all.size();
  }

  ThreadState get(int ordinal) {
    return all.get(ordinal);
  }

  List<ThreadState> all() {
    return all;
  }

  @Nullable ThreadState at(Position first) {
    return byFirst.get(first);
  }

  /** For a thread that is known to exist. */
  ThreadState existing(Position first) {
    ThreadState thread = byFirst.get(first);
    if (thread == null) {
      throw new IllegalStateException("thread was checked to exist: " + first);
    }
    return thread;
  }

  Optional<ThreadState> ofPeople(Bytes hash) {
    return Optional.ofNullable(byPeople.get(hash));
  }

  Optional<ThreadState> ofMessageId(Bytes hash) {
    return Optional.ofNullable(byMessageId.get(hash));
  }

  /** By falling position of their newest messages, from before a position on. */
  NavigableMap<Position, ThreadState> newestFirst(Optional<Position> before) {
    return before.map(at -> byLast.headMap(at, false)).orElse(byLast).descendingMap();
  }

  ThreadState begin(Position first, Bytes people, String subject, ThreadState.Beginning beginning) {
    ThreadState thread = new ThreadState(all.size(), first, subject, beginning);
    all.add(thread);
    byFirst.put(first, thread);
    byPeople.putIfAbsent(people, thread);
    weightBytes += thread.weightBytes();
    return thread;
  }

  /** Changes a thread in a way that may move it or make it heavier. */
  void change(ThreadState thread, Runnable change) {
    byLast.remove(thread.last());
    weightBytes -= thread.weightBytes();
    change.run();
    weightBytes += thread.weightBytes();
    byLast.put(thread.last(), thread);
  }

  void nameMessage(Bytes messageId, ThreadState thread) {
    byMessageId.putIfAbsent(messageId, thread);
  }

  void alias(Alias alias) {
    if (alias.thread().isPresent()) {
      byPeople.put(alias.people(), existing(alias.thread().get()));
    } else {
      byPeople.remove(alias.people());
    }
  }

  long weightBytes() {
    return weightBytes + (long) HASH_WEIGHT_BYTES * (byPeople.size() + byMessageId.size());
  }
}
