package io.tributary.mailbox;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens of a listing's pages: the position where the page ended, and eight bytes of a hash that
 * binds it to the user and the call. 22 characters of base64url. They hold nothing secret and prove
 * nothing: whoever lists a mailbox may read all of it anyway.
 */
final class PageToken {
  private static final int HASH_BYTES = 8;

  private final UserId user;
  private final String call;

  /**
   * @param call names the listing and what it was restricted to
   */
  PageToken(UserId user, String call) {
    this.user = user;
    this.call = call;
  }

  String write(Position end) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + HASH_BYTES);
    bytes.putLong(end.value()).put(hash(end.value()).unsafeArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Empty if {@link #write} did not make it for this user and call. */
  Optional<Position> read(String token) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      Position end = new Position(bytes.getLong());
      return write(end).equals(token) ? Optional.of(end) : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
      return Optional.empty();
    }
  }

  private Bytes hash(long end) {
    MessageDigest digest = People.sha256();
    digest.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(user.value()).putLong(end).array());
    digest.update(call.getBytes(StandardCharsets.UTF_8));
    return Bytes.ofOwned(Arrays.copyOf(digest.digest(), HASH_BYTES));
  }
}
