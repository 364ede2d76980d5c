package io.tributary.discovery.zookeeper;

/** A znode says what this version could not do without knowing. */
final class NewerFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(String what) {
    super(what + " that a newer version wrote");
  }

  /** 0 is what this version knows. */
  static void check(String what, int format) {
    if (format != 0) {
      throw new NewerFormatException(what + " of format " + format);
    }
  }
}
