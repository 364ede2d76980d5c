package io.tributary.codecs.address;

/**
 * Turns what people write into the one canonical {@link Address}. Version 1. Two spellings that
 * reach the same user give equal addresses; canonicalizing twice changes nothing.
 */
public final class AddressCanonicalizer {
  /** Raised when a rule changes; addresses already claimed keep the form they have. */
  public static final int VERSION = 1;

  private AddressCanonicalizer() {}

  /**
   * A mail address {@code local@domain} (RFC 5321 section 4.1.2), without angle brackets: local
   * part and domain in lower case, the domain in its ASCII (A-label) form without a final dot, a
   * needlessly quoted local part unquoted.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address email(String written) {
    throw new InvalidAddressException("canonicalizer missing: " + written);
  }

  /**
   * A telephone number in international form: {@code +} and 7 to 15 digits (E.164); spaces, dots,
   * hyphens and parentheses are passed over.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address phone(String written) {
    throw new InvalidAddressException("canonicalizer missing: " + written);
  }

  /**
   * A user's name: 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit; upper case
   * is lowered.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address chat(String written) {
    throw new InvalidAddressException("canonicalizer missing: " + written);
  }

  /**
   * {@code kind:value}, or bare: with an {@code @} a mail address, beginning with {@code +} a
   * telephone number, else a name.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address any(String written) {
    throw new InvalidAddressException("canonicalizer missing: " + written);
  }
}
