package io.tributary.embedded;

/** Arguments that can't be understood; the message says which and what is allowed. */
final class UsageException extends RuntimeException {

  UsageException(String message) {
    super(message);
  }
}
