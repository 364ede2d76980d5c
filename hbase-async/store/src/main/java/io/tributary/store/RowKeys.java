package io.tributary.store;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys as bytes and back; the schema is drawn in the package description. */
final class RowKeys {

  /** slot, user, generation, entry. */
  static final int LOG_BYTES = 2 + 8 + 4 + 8;

  static final int USER_BYTES = 8;

  static final int OWED_BYTES = 2 + 8;

  /** slot, user, kind, place, piece. */
  static final int SNAPSHOT_BYTES = 2 + 8 + 1 + 1 + 2;

  private static final int ENTRY_OFFSET = LOG_BYTES - 8;

  private RowKeys() {}

  static Bytes log(LogId log, long entry) {
    return Bytes.ofOwned(
        ByteBuffer.allocate(LOG_BYTES)
            .putShort((short) log.user().slot().number())
            .putLong(log.user().value())
            .putInt(log.generation())
            .putLong(entry)
            .array());
  }

  /** The number of an entry whose key begins with its log. */
  static long entryOf(Bytes key) {
    if (key.length() != LOG_BYTES) {
      throw new IllegalStateException("a log key has 22 bytes, not " + key.length());
    }
    return ByteBuffer.wrap(key.unsafeArray()).getLong(ENTRY_OFFSET);
  }

  /** slot, user. */
  static Bytes owed(UserId user) {
    return Bytes.ofOwned(
        ByteBuffer.allocate(OWED_BYTES)
            .putShort((short) user.slot().number())
            .putLong(user.value())
            .array());
  }

  static UserId owedUserOf(Bytes key) {
    if (key.length() != OWED_BYTES) {
      throw new IllegalStateException("an owed key has 10 bytes, not " + key.length());
    }
    return new UserId(ByteBuffer.wrap(key.unsafeArray()).getLong(Short.BYTES));
  }

  /** Piece 0 is the manifest. */
  static Bytes snapshot(UserId user, int place, int piece) {
    return Bytes.ofOwned(
        ByteBuffer.allocate(SNAPSHOT_BYTES)
            .putShort((short) user.slot().number())
            .putLong(user.value())
            .put((byte) 's')
            .put((byte) place)
            .putShort((short) piece)
            .array());
  }

  static Bytes account(UserId user) {
    return Bytes.ofOwned(ByteBuffer.allocate(USER_BYTES).putLong(user.value()).array());
  }

  static UserId userOf(Bytes key) {
    if (key.length() != USER_BYTES) {
      throw new IllegalStateException("an account's key has 8 bytes, not " + key.length());
    }
    return new UserId(ByteBuffer.wrap(key.unsafeArray()).getLong());
  }

  static Bytes address(Address address) {
    return Bytes.ofUtf8(address.toString());
  }

  static Bytes token(TokenHash hash) {
    return hash.sha256();
  }

  /** A request id has 1 to 128 characters. */
  static Bytes request(String id) {
    if (id.isEmpty() || id.length() > 128) {
      throw new IllegalArgumentException(
          "a request id has 1 to 128 characters, not " + id.length());
    }
    return Bytes.ofOwned(id.getBytes(StandardCharsets.UTF_8));
  }
}
