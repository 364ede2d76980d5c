package io.tributary.codecs.directory;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;

/** A claim on an address. It counts only if the user's account is ACTIVE and lists the address. */
public record Claim(State state, UserId user, long changedMillis, Stamp stamp) {
  /** What has become of the address. */
  public enum State {
    CLAIMED,
    /** Given back by an account that never became active: free at once. */
    FREE,
    /** Given back by an active account: quarantined. */
    RELEASED
  }
}
