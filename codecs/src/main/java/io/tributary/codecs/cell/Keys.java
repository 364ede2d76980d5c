package io.tributary.codecs.cell;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.cell.v1.MessageKey;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.util.Collection;
import java.util.List;

/** The small values that all others are made of. */
public final class Keys {
  private Keys() {}

  public static MessageKey write(MessageId id) {
    return MessageKey.newBuilder()
        .setUser(id.user().value())
        .setPosition(id.position().value())
        .build();
  }

  public static MessageId read(MessageKey written) {
    return new MessageId(new UserId(written.getUser()), new Position(written.getPosition()));
  }

  public static List<MessageKey> write(Collection<MessageId> ids) {
    return ids.stream().map(Keys::write).toList();
  }

  public static List<MessageId> read(List<MessageKey> written) {
    return written.stream().map(Keys::read).toList();
  }

  public static List<String> written(List<Address> addresses) {
    return addresses.stream().map(Address::toString).toList();
  }

  /** Throws {@code IllegalArgumentException} for what is no address. */
  public static List<Address> addresses(List<String> written) {
    return written.stream().map(Address::parse).toList();
  }

  public static ByteString write(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
  }

  public static Bytes read(ByteString written) {
    return Bytes.ofOwned(written.toByteArray());
  }
}
