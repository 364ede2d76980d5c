package io.tributary.store;

import io.tributary.codecs.message.Bytes;
import io.tributary.storage.Snapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a place holds: written when all pieces stand. Version 1, big-endian:
 *
 * <pre>
 * offset  bytes  what
 *      0      1  version, 1
 *      1      8  timestamp: generation × 2^40 + entry
 *      9      4  length of the content
 *     13      4  CRC32C of what stands before
 * </pre>
 *
 * Each piece begins with the same timestamp (8 bytes), so that pieces of two writers are never
 * taken for one snapshot.
 *
 * @param timestamp of the snapshot, and in HBase of all its rows
 * @param contentBytes all pieces together, without their timestamps
 */
record SnapshotManifest(long timestamp, int contentBytes) {

  /** Of a piece, without its timestamp. */
  static final int PIECE_BYTES = 512 * 1024 - Long.BYTES;

  private static final byte VERSION = 1;
  private static final int CHECKED_BYTES = 13;
  private static final int BYTES = 17;

  static SnapshotManifest of(Snapshot snapshot) {
    return new SnapshotManifest(
        Timestamps.of(snapshot.log(), snapshot.entry()), snapshot.content().length());
  }

  /** Empty for anything that {@link #bytes} can't have made, or that another version made. */
  static Optional<SnapshotManifest> read(Bytes value) {
    byte[] bytes = value.unsafeArray();
    if (bytes.length != BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer read = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    SnapshotManifest manifest = new SnapshotManifest(read.getLong(), read.getInt());
    boolean sound =
        read.getInt() == checksum(bytes)
            && manifest.timestamp > 0
            && manifest.contentBytes > 0
            && manifest.contentBytes <= Snapshot.BYTES_MAX;
    return sound ? Optional.of(manifest) : Optional.empty();
  }

  Bytes bytes() {
    ByteBuffer written = ByteBuffer.allocate(BYTES).put(VERSION);
    written.putLong(timestamp).putInt(contentBytes);
    return Bytes.ofOwned(written.putInt(checksum(written.array())).array());
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKED_BYTES);
    return (int) crc.getValue();
  }

  int pieces() {
    return (contentBytes + PIECE_BYTES - 1) / PIECE_BYTES;
  }

  /**
   * A piece as it stands in its row.
   *
   * @param number from 1
   */
  Bytes piece(int number, Bytes content) {
    int from = (number - 1) * PIECE_BYTES;
    int length = Math.min(PIECE_BYTES, content.length() - from);
    return Bytes.ofOwned(
        ByteBuffer.allocate(Long.BYTES + length)
            .putLong(timestamp)
            .put(content.unsafeArray(), from, length)
            .array());
  }

  /**
   * All of it.
   *
   * @param pieces in order
   * @return empty if one of them is absent or another snapshot's
   */
  Optional<Bytes> content(List<Optional<Bytes>> pieces) {
    ByteBuffer content = ByteBuffer.allocate(contentBytes);
    for (Optional<Bytes> each : pieces) {
      byte[] piece = each.orElse(Bytes.EMPTY).unsafeArray();
      int expected = Math.min(PIECE_BYTES, content.remaining());
      if (piece.length != Long.BYTES + expected || ByteBuffer.wrap(piece).getLong() != timestamp) {
        return Optional.empty();
      }
      content.put(piece, Long.BYTES, expected);
    }
    return content.hasRemaining() ? Optional.empty() : Optional.of(Bytes.ofOwned(content.array()));
  }
}
