package io.tributary.storage;

/**
 * Storage did not answer, or refused to for now: too slow, too busy, away. Nothing is wrong with
 * the request; retry later. For a write that signals it the outcome is unknown unless {@link
 * #certainlyNotApplied} says otherwise.
 */
public final class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean certainlyNotApplied;

  private StorageUnavailableException(String message, boolean certainlyNotApplied) {
    super(message);
    this.certainlyNotApplied = certainlyNotApplied;
  }

  /** The request was not carried out. */
  public static StorageUnavailableException notApplied(String reason) {
    return new StorageUnavailableException(reason, true);
  }

  /** The request may have been carried out, or may yet be. */
  public static StorageUnavailableException outcomeUnknown(String reason) {
    return new StorageUnavailableException(reason, false);
  }

  public boolean certainlyNotApplied() {
    return certainlyNotApplied;
  }
}
