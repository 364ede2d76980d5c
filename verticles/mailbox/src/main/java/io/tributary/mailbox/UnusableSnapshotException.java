package io.tributary.mailbox;

/** A snapshot that is no use: damaged, or of another version. The log is replayed instead. */
final class UnusableSnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableSnapshotException(String problem) {
    super(problem);
  }

  UnusableSnapshotException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
