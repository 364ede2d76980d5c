package io.tributary.mailbox;

/** Which messages a listing shows, and how. */
public record MessageOrder(boolean newestFirst, boolean showDeleted) {
  public static final MessageOrder OLDEST_FIRST = new MessageOrder(false, false);
}
