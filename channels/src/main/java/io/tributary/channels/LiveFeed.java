package io.tributary.channels;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;

/**
 * What happens in a user's mailbox, for that user's sessions. What is published may be lost; what
 * is read is complete. One feed for each event loop, used on it alone.
 */
public interface LiveFeed {

  /** A session. Called on the feed's event loop. */
  interface Listener {
    /** What this process has just committed to the user's log. */
    void committed(LiveBatch batch);

    /** What another user's session has told. */
    void signalled(Signal signal);
  }

  /** From now on, until disposed. */
  Disposable listen(UserId user, Listener listener);

  /** Sessions of the user on this event loop. */
  int listeners(UserId user);

  /** Tells the sessions of {@link Signal#to}, wherever they are, if it gets there. */
  void tell(Signal signal);

  /**
   * What happened behind {@code since}, oldest first; where {@code since} lies at or beyond the
   * head: no events, and the head. Lazy, answered once on the feed's event loop.
   *
   * @param max actions looked at, 1 to 256
   */
  Single<Outcome> events(UserId user, Position since, int max);

  /** What a read gives. */
  sealed interface Outcome {
    record Events(EventPage page) implements Outcome {}

    /** Not now. */
    record Retry(String reason) implements Outcome {}
  }
}
