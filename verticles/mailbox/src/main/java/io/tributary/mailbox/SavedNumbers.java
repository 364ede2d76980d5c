package io.tributary.mailbox;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.codecs.message.Bytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Numbers and bytes of snapshots. What can't have been saved is refused with an exception. */
final class SavedNumbers {
  private static final int ARRAY_MIN = 4;

  private SavedNumbers() {}

  /** Each number more than the one before. */
  static long[] sums(List<Long> steps, int lengthMin) {
    long[] sums = new long[Math.max(steps.size(), lengthMin)];
    long sum = 0;
    for (int i = 0; i < steps.size(); i++) {
      long next = Math.addExact(sum, steps.get(i));
      if (next <= sum) {
        throw new IllegalArgumentException("numbers don't rise");
      }
      sums[i] = next;
      sum = next;
    }
    return sums;
  }

  /** Exactly so many, in an array that can grow. */
  static int[] ints(List<Integer> saved, int count) {
    check(saved.size(), count);
    int[] numbers = new int[Math.max(count, ARRAY_MIN)];
    for (int i = 0; i < count; i++) {
      numbers[i] = saved.get(i);
    }
    return numbers;
  }

  /** Exactly so many, in an array that can grow. */
  static byte[] bytes(ByteString saved, int count) {
    check(saved.size(), count);
    return Arrays.copyOf(saved.toByteArray(), Math.max(count, ARRAY_MIN));
  }

  private static void check(int saved, int count) {
    if (saved != count) {
      throw new IllegalArgumentException(saved + " numbers saved of " + count);
    }
  }

  static Bytes bytes(ByteString saved) {
    return Bytes.ofOwned(saved.toByteArray());
  }

  static ByteString save(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
  }

  static BitSet bits(ByteString saved) {
    return BitSet.valueOf(saved.toByteArray());
  }

  static ByteString save(BitSet bits) {
    return UnsafeByteOperations.unsafeWrap(bits.toByteArray());
  }
}
