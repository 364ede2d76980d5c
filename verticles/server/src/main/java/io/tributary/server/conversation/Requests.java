package io.tributary.server.conversation;

import io.tributary.channels.Conversations.Submission;
import io.tributary.codecs.message.Bytes;
import io.tributary.mailbox.Command.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How repetitions of a request are known: by 16 bytes of SHA-256 over what the client calls it, and
 * as many over what it asks for. Every part is hashed with its length before it.
 */
public final class Requests {
  private static final int BYTES = 16;

  /** Of a request that may be repeated without harm. */
  public static final Request NONE = new Request(Optional.empty(), hash("none"));

  private Requests() {}

  static Request of(Submission submission) {
    String thread = submission.thread().map(Object::toString).orElse("");
    String[] to = submission.to().stream().map(Object::toString).toArray(String[]::new);
    String[] content = Arrays.copyOf(to, to.length + 3);
    content[to.length] = thread;
    content[to.length + 1] = submission.subject();
    content[to.length + 2] = submission.text();
    return of(hash("send", submission.client().device(), submission.client().id()), content);
  }

  /**
   * A request with a key.
   *
   * @param content all that is asked for, in a fixed order
   */
  public static Request of(Bytes key, String... content) {
    return new Request(Optional.of(key), hash(content));
  }

  /** The first 16 bytes of SHA-256 over the parts. */
  public static Bytes hash(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return Bytes.ofOwned(Arrays.copyOf(digest.digest(), BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
