package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Sets of people, by which threads are known. */
final class People {
  private static final int HASH_BYTES = 16;

  /** No person's name begins so: a set with an unproved local author is nobody's real set. */
  private static final String CLAIMED = "claimed\n";

  private People() {}

  /** Somebody beside the mailbox's user: an address, and whose it is if that is a user here. */
  record Person(Address address, Optional<UserId> user) {
    /**
     * What the person is called in a set: a user {@code user:<id>}, else the contact that holds the
     * address {@code contact:<position>}, else the address.
     */
    String name(Function<Address, Optional<Position>> contacts) {
      if (user.isPresent()) {
        return "user:" + user.get();
      }
      return contacts.apply(address).map(contact -> "contact:" + contact).orElse(address + "");
    }
  }

  /**
   * The first 16 bytes of SHA-256 of everyone's names, sorted, each once and with a line feed.
   *
   * @param claimed the author only claims one of our addresses: the set is marked, so that it never
   *     equals the set of the address's real user
   */
  static Bytes hash(boolean claimed, Collection<String> names) {
    MessageDigest digest = sha256();
    if (claimed) {
      digest.update(CLAIMED.getBytes(StandardCharsets.UTF_8));
    }
    for (String name : new TreeSet<>(names)) {
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Bytes.ofOwned(Arrays.copyOf(digest.digest(), HASH_BYTES));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
