package io.tributary.codecs.address;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of address, by the prefix of their written form. */
public enum AddressKind {
  EMAIL("email"),
  SMS("sms"),
  CHAT("chat");

  private final String prefix;

  AddressKind(String prefix) {
    this.prefix = prefix;
  }

  /** What stands before the colon. */
  public String prefix() {
    return prefix;
  }

  static Optional<AddressKind> ofPrefix(String prefix) {
    return Arrays.stream(values()).filter(kind -> kind.prefix.equals(prefix)).findFirst();
  }
}
