package io.tributary.mailbox;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.storage.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A mailbox's state as bytes, version 2. Big-endian:
 *
 * <pre>
 * offset  bytes  what
 *      0      1  version, 2
 *      1      4  CRC32C of what follows
 *      5      …  MailboxSnapshot, to the end
 * </pre>
 *
 * <p>Equal histories give equal bytes. The version rises with every change of what the fold keeps
 * or how it is written: a snapshot of any other version is of no use, and the log is replayed.
 */
final class SnapshotCodec {
  private static final byte VERSION = 2;
  private static final int CHECKSUM_OFFSET = 1;
  private static final int HEADER_BYTES = 5;

  private SnapshotCodec() {}

  static byte[] encode(MailboxState state) {
    MailboxSnapshot saved = state.save();
    byte[] bytes = new byte[HEADER_BYTES + saved.getSerializedSize()];
    bytes[0] = VERSION;
    try {
      CodedOutputStream body =
          CodedOutputStream.newInstance(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
      saved.writeTo(body);
      body.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("an array has room for what was measured", e);
    }
    ByteBuffer.wrap(bytes).putInt(CHECKSUM_OFFSET, checksum(bytes));
    return bytes;
  }

  /**
   * The state that it was made of.
   *
   * @throws UnusableSnapshotException for anything but what {@link #encode} made of that log
   */
  static MailboxState decode(Snapshot snapshot) {
    byte[] bytes = snapshot.content().unsafeArray();
    if (bytes.length < HEADER_BYTES) {
      throw new UnusableSnapshotException("snapshot has only " + bytes.length + " bytes");
    }
    if (bytes[0] != VERSION) {
      throw new UnusableSnapshotException("snapshot has format version " + bytes[0]);
    }
    if (ByteBuffer.wrap(bytes).getInt(CHECKSUM_OFFSET) != checksum(bytes)) {
      throw new UnusableSnapshotException("snapshot has a wrong checksum");
    }
    MailboxState state = state(bytes);
    if (!state.log().equals(snapshot.log()) || state.entry() != snapshot.entry()) {
      throw new UnusableSnapshotException("snapshot is of " + state.names());
    }
    return state;
  }

  /** Whatever is wrong with it, the log is there. */
  private static MailboxState state(byte[] bytes) {
    try {
      return restored(bytes);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new UnusableSnapshotException("snapshot is not of the promised form", e);
    }
  }

  private static MailboxState restored(byte[] bytes) throws InvalidProtocolBufferException {
    MailboxState state =
        new MailboxState(
            MailboxSnapshot.parseFrom(
                UnsafeByteOperations.unsafeWrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES)));
    if (state.messages().entries() != state.entry() || state.own().isEmpty()) {
      throw new IllegalArgumentException("something is missing");
    }
    state.tail().saved(0, bytes.length);
    return state;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
