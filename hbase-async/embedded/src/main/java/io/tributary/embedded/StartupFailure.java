package io.tributary.embedded;

/** A refusal to start, or to go on: one line that names the cause and the way out. */
final class StartupFailure extends RuntimeException {

  StartupFailure(String message) {
    super(message);
  }

  StartupFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
