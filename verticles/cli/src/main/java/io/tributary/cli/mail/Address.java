package io.tributary.cli.mail;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * A mail address as it goes on the wire: ASCII, and nothing in it that could end a command or a
 * header line.
 */
record Address(String value) {
  private static final Pattern ALLOWED =
      Pattern.compile("[\\x21-\\x7e&&[^<>(),;:\\\\\"\\[\\]@]]{1,64}@[A-Za-z0-9.-]{1,253}");

  Address {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "\"" + value + "\" is not an address such as a@example.com");
    }
  }

  /** Reads what people write; a domain in other letters gets its ASCII form. */
  static Address parse(String written) {
    int at = written.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "\"" + written + "\" is not an address such as a@example.com");
    }
    return new Address(written.substring(0, at) + "@" + IDN.toASCII(written.substring(at + 1)));
  }

  String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }
}
