package io.tributary.codecs.live;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import java.util.Set;

/** What one user's sessions tell another's and nobody keeps: it may be lost. */
public sealed interface Signal {
  /** Whose sessions are told. */
  UserId to();

  /** Whom it is about, {@code chat:name}. */
  Address about();

  /**
   * Somebody types, or stopped.
   *
   * @param from who types
   * @param people the users in the thread but {@link #to}, {@code from} among them: by this set the
   *     receiver finds its own thread
   */
  record Typing(UserId to, UserId from, Address about, Set<UserId> people, boolean on)
      implements Signal {
    public Typing {
      people = Set.copyOf(people);
    }
  }

  /**
   * Somebody came or went.
   *
   * @param from who did
   * @param answer whether the receiver is asked to say how it is in turn
   */
  record Presence(UserId to, UserId from, Address about, boolean online, boolean answer)
      implements Signal {}
}
