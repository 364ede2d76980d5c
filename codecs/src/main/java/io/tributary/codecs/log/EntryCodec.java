package io.tributary.codecs.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.UnreadableEntryException.Kind;
import io.tributary.records.v1.EntryPayload;
import io.tributary.records.v1.EntrySkeleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An entry's bytes, version 1. Big-endian:
 *
 * <pre>
 * offset  bytes  what
 *      0      1  version, 1
 *      1     16  stamp: incarnation
 *     17      8  stamp: counter
 *     25      4  CRC32C of all other bytes
 *     29      4  length of the skeleton
 *     33      …  EntrySkeleton: the decisions
 *      …      …  EntryPayload: personal content, to the end
 * </pre>
 *
 * <p>Equal entries give equal bytes, and decoding gives an equal entry, but for half surrogate
 * pairs in texts, which become question marks. Bytes of every released version stay readable.
 */
public final class EntryCodec {
  /** What an entry has beside its actions. */
  public static final int HEADER_BYTES = 33;

  /**
   * At most what an action adds beside its payload and its lists, if its key and hashes keep to
   * their sizes.
   */
  public static final int ACTION_BYTES_MAX = 4_096;

  /** At most what an item of a list of users or positions adds to an action. */
  public static final int ITEM_BYTES_MAX = 48;

  private static final byte VERSION = 1;
  private static final int STAMP_OFFSET = 1;
  private static final int CHECKSUM_OFFSET = 25;
  private static final int SKELETON_OFFSET = 29;

  private EntryCodec() {}

  /** An entry is no longer than {@link #HEADER_BYTES}, and this for each of its actions. */
  public static long bytesMax(RecordedAction recorded) {
    return ACTION_BYTES_MAX
        + DecisionBytes.listsMax(recorded.action())
        + recorded.payload().map(PayloadRecords::bytesMax).orElse(0L);
  }

  /** At most what this payload adds to an entry. */
  public static long payloadBytesMax(MessagePayload payload) {
    return PayloadRecords.bytesMax(payload);
  }

  public static byte[] encode(Entry entry) {
    EntryPayload payload = ActionRecords.payload(entry);
    EntrySkeleton skeleton = ActionRecords.skeleton(entry, payload);
    int skeletonBytes = skeleton.getSerializedSize();
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + skeletonBytes + payload.getSerializedSize());
    bytes.put(VERSION);
    bytes.putLong(entry.stamp().incarnation().high()).putLong(entry.stamp().incarnation().low());
    bytes.putLong(entry.stamp().counter());
    bytes.putInt(0).putInt(skeletonBytes);
    bytes.put(skeleton.toByteArray()).put(payload.toByteArray());
    return bytes.putInt(CHECKSUM_OFFSET, checksum(bytes.array())).array();
  }

  /**
   * @throws UnreadableEntryException for anything that {@link #encode} can't have made
   */
  public static Entry decode(byte[] bytes) {
    Stamp stamp = stampOf(bytes);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (header.getInt(CHECKSUM_OFFSET) != checksum(bytes)) {
      throw UnreadableEntryException.corrupt("entry has a wrong checksum");
    }
    int skeletonBytes = header.getInt(SKELETON_OFFSET);
    int payloadOffset = HEADER_BYTES + skeletonBytes;
    if (skeletonBytes < 0 || payloadOffset < 0 || payloadOffset > bytes.length) {
      throw UnreadableEntryException.corrupt("entry has a skeleton beyond its end");
    }
    try {
      var skeleton = parse(EntrySkeleton.parser(), bytes, HEADER_BYTES, payloadOffset);
      var payload = parse(EntryPayload.parser(), bytes, payloadOffset, bytes.length);
      return new Entry(stamp, ActionRecords.actions(skeleton, payload));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new UnreadableEntryException(Kind.CORRUPT, "entry is not of the promised form", e);
    }
  }

  /**
   * Who wrote these bytes; reads the header only.
   *
   * @throws UnreadableEntryException if there is no such header
   */
  public static Stamp stampOf(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw UnreadableEntryException.corrupt("entry has only " + bytes.length + " bytes");
    }
    if (bytes[0] != VERSION) {
      throw UnreadableEntryException.unknown("entry has format version " + bytes[0]);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, STAMP_OFFSET, HEADER_BYTES - STAMP_OFFSET);
    Incarnation incarnation = new Incarnation(header.getLong(), header.getLong());
    long counter = header.getLong();
    if (counter < 1) {
      throw UnreadableEntryException.corrupt("entry has stamp counter " + counter);
    }
    return new Stamp(incarnation, counter);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_OFFSET);
    crc.update(bytes, SKELETON_OFFSET, bytes.length - SKELETON_OFFSET);
    return (int) crc.getValue();
  }

  private static <M extends MessageLite> M parse(Parser<M> parser, byte[] bytes, int from, int to)
      throws InvalidProtocolBufferException {
    CodedInputStream input =
        UnsafeByteOperations.unsafeWrap(bytes, from, to - from).newCodedInput();
    input.enableAliasing(true); // an entry's bytes never change, so its parts need no copies
    M message = parser.parseFrom(input);
    try {
      input.checkLastTagWas(0);
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return message;
  }
}
