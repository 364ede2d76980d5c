package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;
import java.util.List;

/**
 * How a message travelled.
 *
 * @param to everyone it names as a recipient (mail: To and Cc), at most 1,000
 * @param envelopeSender RFC 5321 reverse-path; empty for the null sender and for other channels
 * @param receivedMillis when it was received, Unix milliseconds
 */
public record Envelope(
    Channel channel, Author from, List<Address> to, String envelopeSender, long receivedMillis) {
  public static final int TO_MAX = 1_000;

  public Envelope {
    to = List.copyOf(to);
    if (to.size() > TO_MAX) {
      throw new IllegalArgumentException(
          "at most " + TO_MAX + " recipients are kept, were " + to.size());
    }
  }
}
