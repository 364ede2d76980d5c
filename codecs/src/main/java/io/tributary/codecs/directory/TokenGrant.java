package io.tributary.codecs.directory;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import java.util.Optional;

/**
 * What a token allows.
 *
 * @param user whose mailbox it opens; empty for an operator's
 * @param revokedMillis 0 while it is in force
 */
public record TokenGrant(
    Scope scope, Optional<UserId> user, long issuedMillis, long revokedMillis, Stamp stamp) {
  /** Whom a token speaks for. */
  public enum Scope {
    USER,
    OPERATOR
  }

  public TokenGrant {
    if ((scope == Scope.USER) != user.isPresent()) {
      throw new IllegalArgumentException("exactly a user's token names a user");
    }
  }
}
