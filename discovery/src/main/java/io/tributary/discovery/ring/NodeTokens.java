package io.tributary.discovery.ring;

import io.tributary.codecs.identity.XxHash64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The tokens of a node, a function of its id and their number: a node that comes back takes its old
 * place. The circle is cut into as many equal arcs as the node has tokens, with one token somewhere
 * in each; that evens the load out more than tokens scattered freely.
 */
public final class NodeTokens {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private NodeTokens() {}

  /**
   * Unsigned 64-bit numbers in rising unsigned order.
   *
   * @param count 0 to 4,096
   */
  public static List<Long> of(String nodeId, int count) {
    if (count < 0 || count > 4_096) {
      throw new IllegalArgumentException("a node has 0 to 4096 tokens, not " + count);
    }
    if (count == 0) {
      return List.of();
    }
    long seed = seedOf(nodeId);
    long arc = Long.divideUnsigned(-1L, count);
    return LongStream.range(0, count)
        .map(i -> i * arc + Long.remainderUnsigned(XxHash64.hash(seed + i * STEP), arc))
        .boxed()
        .toList();
  }

  private static long seedOf(String nodeId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(nodeId.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
