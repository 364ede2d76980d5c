package io.tributary.mailbox;

import io.tributary.codecs.message.Position;
import java.util.Arrays;
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
