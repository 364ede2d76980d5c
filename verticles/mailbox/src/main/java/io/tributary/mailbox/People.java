package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Envelope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Sets of people, by which threads are known. */
final class People {
  private static final int HASH_BYTES = 16;

  /** No address begins so: a set with an unproved local author is nobody's real set. */
  private static final String CLAIMED = "claimed\n";

  private People() {}

  /**
   * The first 16 bytes of SHA-256 of everyone's addresses but the user's own, sorted, each with a
   * line feed. Where the author only claims one of our addresses the set is marked, so that it
   * never equals the set of the address's real user.
   */
  static Bytes hash(Envelope envelope, Set<Address> own) {
    MessageDigest digest = sha256();
    if (envelope.from().standing() == Standing.CLAIMS_LOCAL) {
      digest.update(CLAIMED.getBytes(StandardCharsets.UTF_8));
    }
    Stream.concat(Stream.of(envelope.from().address()), envelope.to().stream())
        .filter(address -> !own.contains(address))
        .map(Address::toString)
        .distinct()
        .sorted()
        .forEach(address -> digest.update((address + "\n").getBytes(StandardCharsets.UTF_8)));
    return Bytes.ofOwned(Arrays.copyOf(digest.digest(), HASH_BYTES));
  }

  /** Author and recipients of a message but the user. */
  static Stream<Address> others(MessagePayload payload, Set<Address> own) {
    return Stream.concat(Stream.of(payload.from()), payload.to().stream())
        .filter(address -> !own.contains(address));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
