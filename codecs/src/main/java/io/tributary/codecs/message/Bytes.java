package io.tributary.codecs.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Immutable bytes with value equality: keys, hashes, raw messages. {@link #ofOwned} and {@link
 * #unsafeArray} avoid a copy where the array is given away and never written again.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Copies. */
  public static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  /** Takes the array over: the caller must never write to it again. */
  public static Bytes ofOwned(byte[] array) {
    return new Bytes(array);
  }

  public static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  public byte at(int index) {
    return array[index];
  }

  /** A copy. */
  public byte[] toArray() {
    return array.clone();
  }

  /** The array itself, to be read only. */
  public byte[] unsafeArray() {
    return array;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Hexadecimal, cut after 32 bytes. */
  @Override
  public String toString() {
    return array.length <= 32
        ? HexFormat.of().formatHex(array)
        : HexFormat.of().formatHex(array, 0, 32) + "… (" + array.length + " bytes)";
  }
}
