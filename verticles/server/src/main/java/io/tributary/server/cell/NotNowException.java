package io.tributary.server.cell;

/**
 * A mailbox can't be asked now, or did not answer in time; what was asked for may have been done
 * all the same.
 */
public final class NotNowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public NotNowException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** For logs and senders. */
  public String reason() {
    return reason;
  }
}
