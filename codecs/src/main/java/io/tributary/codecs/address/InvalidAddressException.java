package io.tributary.codecs.address;

/**
 * What was written is no address. The message names the rule that it breaks, never the whole
 * address.
 */
public final class InvalidAddressException extends IllegalArgumentException {
  public InvalidAddressException(String message) {
    super(message);
  }
}
