package io.tributary.mailbox;

/**
 * A log that can't be folded: it has a gap, or decisions that don't fit what stands before them.
 * The mailbox is unavailable here until someone looks. The message holds no content.
 */
final class BrokenLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenLogException(String message) {
    super(message);
  }
}
