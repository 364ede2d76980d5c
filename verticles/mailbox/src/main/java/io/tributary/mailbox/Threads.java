package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Map<Bytes, ThreadState> byPeople = new HashMap<>();
  private final Map<Bytes, ThreadState> byMessageId = new HashMap<>();
  private long weightBytes;

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
