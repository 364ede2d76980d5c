package io.tributary.loadtests.api;

/** The ready file can't be used as it is; the message says what is wrong and what to do. */
public final class UnusableTargetException extends RuntimeException {
  public UnusableTargetException(String message) {
    super(message);
  }
}
