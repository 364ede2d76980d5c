package io.tributary.codecs.address;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns what people write into the one canonical {@link Address}. Version 1. Two spellings that
 * reach the same user give equal addresses; canonicalizing twice changes nothing. Throws nothing
 * but {@link InvalidAddressException}, whatever the string.
 */
public final class AddressCanonicalizer {
  /** Raised when a rule changes; addresses already claimed keep the form they have. */
  public static final int VERSION = 1;

  /** Longer input is no address; keeps the work bounded. */
  private static final int WRITTEN_CHARACTERS_MAX = 1_000;

  private static final Pattern PASSED_OVER =
      Pattern.compile("[ \\u00a0\\u202f./\\-\\u2010-\\u2013()]");
  private static final Pattern TRUNK_PREFIX = Pattern.compile("\\([ \\u00a0]*0[ \\u00a0]*\\)");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private AddressCanonicalizer() {}

  /**
   * A mail address {@code local@domain} (RFC 5321 section 4.1.2), without angle brackets: local
   * part and domain in lower case, the domain in its ASCII (A-label) form without a final dot, a
   * needlessly quoted local part unquoted.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address email(String written) {
    String stripped = bounded(written);
    int at = stripped.lastIndexOf('@');
    if (at < 0) {
      throw new InvalidAddressException("a mail address has an @ between name and domain");
    }
    String local = LocalPart.canonical(stripped.substring(0, at));
    String domain = MailDomain.canonical(stripped.substring(at + 1));
    return address(AddressKind.EMAIL, local + "@" + domain);
  }

  /**
   * A telephone number in international form: {@code +} and 7 to 15 digits (E.164); spaces, dots,
   * hyphens, slashes and parentheses are passed over.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address phone(String written) {
    String stripped = bounded(written);
    if (TRUNK_PREFIX.matcher(stripped).find()) {
      throw new InvalidAddressException(
          "leave out the (0): it is not dialled after a country code");
    }
    String number = PASSED_OVER.matcher(stripped).replaceAll("");
    if (!E164.matcher(number).matches()) {
      throw new InvalidAddressException(
          "a telephone number is + and 7 to 15 digits, beginning with the country code");
    }
    return address(AddressKind.SMS, number);
  }

  /**
   * A user's name: 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit; upper case
   * is lowered.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address chat(String written) {
    String name = Ascii.lower(bounded(written));
    if (!NAME.matcher(name).matches()) {
      throw new InvalidAddressException(
          "a name is 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit");
    }
    return address(AddressKind.CHAT, name);
  }

  /**
   * {@code kind:value}, or bare: with an {@code @} a mail address, beginning with {@code +} a
   * telephone number, else a name.
   *
   * @throws InvalidAddressException names what is wrong
   */
  public static Address any(String written) {
    String stripped = bounded(written);
    int colon = stripped.indexOf(':');
    Optional<AddressKind> kind =
        colon < 0
            ? Optional.empty()
            : AddressKind.ofPrefix(stripped.substring(0, colon).toLowerCase(Locale.ROOT));
    return kind.isPresent()
        ? of(kind.get(), stripped.substring(colon + 1))
        : of(guess(stripped), stripped);
  }

  private static AddressKind guess(String bare) {
    if (bare.indexOf('@') >= 0) {
      return AddressKind.EMAIL;
    }
    return bare.startsWith("+") ? AddressKind.SMS : AddressKind.CHAT;
  }

  private static Address of(AddressKind kind, String value) {
    return switch (kind) {
      case EMAIL -> email(value);
      case SMS -> phone(value);
      case CHAT -> chat(value);
    };
  }

  private static String bounded(String written) {
    if (written.length() > WRITTEN_CHARACTERS_MAX) {
      throw new InvalidAddressException("too long for an address");
    }
    return written.strip();
  }

  private static Address address(AddressKind kind, String value) {
    if (value.length() > Address.VALUE_CHARACTERS_MAX) {
      throw new InvalidAddressException(
          "an address has at most " + Address.VALUE_CHARACTERS_MAX + " characters");
    }
    return new Address(kind, value);
  }
}
