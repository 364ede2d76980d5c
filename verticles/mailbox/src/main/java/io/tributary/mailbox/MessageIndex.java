package io.tributary.mailbox;

import com.google.protobuf.ByteString;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.MessagesSnapshot;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Where a mailbox's messages stand, without what they say. A message is known by its ordinal, from
 * 0 in the order of positions. Arrays, because a mailbox may hold very many.
 */
final class MessageIndex {
  private static final int WEIGHT_BYTES_PER_MESSAGE = Long.BYTES + 2 * Integer.BYTES + 1;

  /** The user sent it. */
  private static final byte OWN = 1;

  private static final byte DELETED = 2;

  private int count;
  private long[] positions = new long[4];
  private int[] threads = new int[4];
  private int[] viewBytes = new int[4];
  private byte[] bits = new byte[4];

  /** Who changed the deletion mark last; grows when something is deleted. */
  private long[] deletionChangedAt = new long[0];

  private int entries;
  private int[] entryBytes = new int[4];

  MessageIndex() {}

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  MessageIndex(MessagesSnapshot saved, int threadCount) {
    count = saved.getPositionStepsCount();
    positions = SavedNumbers.sums(saved.getPositionStepsList(), 4);
    threads = SavedNumbers.ints(saved.getThreadsList(), count);
    viewBytes = SavedNumbers.ints(saved.getViewBytesList(), count);
    bits = SavedNumbers.bytes(saved.getBits(), count);
    for (int thread : threads) {
      Objects.checkIndex(thread, Math.max(threadCount, 1));
    }
    for (int i = 0; i < saved.getChangedCount(); i++) {
      int message = Objects.checkIndex(saved.getChanged(i), count);
      changeDeletion(message, new Position(saved.getChangedAt(i)));
    }
    entries = saved.getEntryBytesCount();
    entryBytes = SavedNumbers.ints(saved.getEntryBytesList(), entries);
  }

  MessagesSnapshot save() {
    MessagesSnapshot.Builder saved = MessagesSnapshot.newBuilder();
    long before = 0;
    for (int message = 0; message < count; message++) {
      saved.addPositionSteps(positions[message] - before);
      before = positions[message];
      saved.addThreads(threads[message]).addViewBytes(viewBytes[message]);
      if (!deletionChangedAt(message).equals(Position.START)) {
        saved.addChanged(message).addChangedAt(deletionChangedAt[message]);
      }
    }
    saved.setBits(ByteString.copyFrom(bits, 0, count));
    for (int entry = 0; entry < entries; entry++) {
      saved.addEntryBytes(entryBytes[entry]);
    }
    return saved.build();
  }

  int entries() {
    return entries;
  }

  /** Notes the size of the next entry. */
  void addEntry(int storedBytes) {
    if (entries == entryBytes.length) {
      entryBytes = Arrays.copyOf(entryBytes, entries * 2);
    }
    entryBytes[entries++] = storedBytes;
  }

  /**
   * Adds a message behind all others.
   *
   * @param thread ordinal of its thread
   * @param own whether the user sent it
   * @param shownBytes about what a listing of it takes
   */
  void add(Position position, int thread, boolean own, long shownBytes) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
      threads = Arrays.copyOf(threads, count * 2);
      viewBytes = Arrays.copyOf(viewBytes, count * 2);
      bits = Arrays.copyOf(bits, count * 2);
    }
    positions[count] = position.value();
    threads[count] = thread;
    bits[count] = own ? OWN : 0;
    viewBytes[count] = (int) Math.min(shownBytes, Integer.MAX_VALUE);
    count++;
  }

  int count() {
    return count;
  }

  Position position(int message) {
    return new Position(positions[message]);
  }

  int thread(int message) {
    return threads[message];
  }

  int viewBytes(int message) {
    return viewBytes[message];
  }

  boolean own(int message) {
    return (bits[message] & OWN) != 0;
  }

  boolean deleted(int message) {
    return (bits[message] & DELETED) != 0;
  }

  /** The action that changed the deletion mark last; {@link Position#START} if none did. */
  Position deletionChangedAt(int message) {
    return message < deletionChangedAt.length
        ? new Position(deletionChangedAt[message])
        : Position.START;
  }

  void markDeleted(int message, boolean deleted, Position change) {
    bits[message] = (byte) (deleted ? bits[message] | DELETED : bits[message] & ~DELETED);
    changeDeletion(message, change);
  }

  private void changeDeletion(int message, Position change) {
    if (message >= deletionChangedAt.length) {
      deletionChangedAt = Arrays.copyOf(deletionChangedAt, positions.length);
    }
    deletionChangedAt[message] = change.value();
  }

  /** Size in the log of the entry that holds the message. */
  int entryBytes(int message) {
    return entryBytes[(int) position(message).entry() - 1];
  }

  OptionalInt at(Position position) {
    int found = Arrays.binarySearch(positions, 0, count, position.value());
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  /** The first message behind that position; {@link #count} if there is none. */
  int firstAfter(Position position) {
    int found = Arrays.binarySearch(positions, 0, count, position.value());
    return found < 0 ? -found - 1 : found + 1;
  }

  long weightBytes() {
    return (long) WEIGHT_BYTES_PER_MESSAGE * positions.length
        + (long) Long.BYTES * deletionChangedAt.length
        + (long) Integer.BYTES * entryBytes.length;
  }
}
