package io.tributary.codecs.address;

/**
 * A way to reach a user, in canonical form. Made by {@link AddressCanonicalizer} from what people
 * write; this record only holds the result. Written {@code kind:value}, for example {@code
 * email:bob@example.com}, {@code sms:+12025550102}, {@code chat:bob}; ordered by that form.
 *
 * @param value canonical, 1 to 320 characters, no control characters
 */
public record Address(AddressKind kind, String value) implements Comparable<Address> {
  public static final int VALUE_CHARACTERS_MAX = 320;

  public Address {
    if (value.isEmpty() || value.length() > VALUE_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "an address has 1 to " + VALUE_CHARACTERS_MAX + " characters, not " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an address has no control characters");
    }
  }

  /** Reads the canonical form that {@link #toString} writes; it does not canonicalize. */
  public static Address parse(String written) {
    int colon = written.indexOf(':');
    AddressKind kind =
        AddressKind.ofPrefix(colon < 0 ? "" : written.substring(0, colon))
            .orElseThrow(
                () -> new IllegalArgumentException("an address begins with email:, sms: or chat:"));
    return new Address(kind, written.substring(colon + 1));
  }

  @Override
  public int compareTo(Address other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return kind.prefix() + ":" + value;
  }
}
