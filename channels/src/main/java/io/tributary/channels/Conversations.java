package io.tributary.channels;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user does in conversations. Everything is lazy, answers exactly once, on any thread; an Rx
 * error is a programmer's error.
 */
public interface Conversations {

  /** Sends: it is in the sender's log when done, and goes on from there by itself. */
  Single<Outcome> send(UserId sender, Submission submission);

  /** Notes how far a thread was read. */
  Single<Outcome> markRead(UserId user, MessageId thread, Position upTo);

  /** The users here in a thread beside the user; none if there is no such thread. */
  Single<Set<UserId>> usersIn(UserId user, MessageId thread);

  /** The user's thread with exactly these; none if there is none. */
  Single<Optional<MessageId>> threadWith(UserId user, Set<UserId> people);

  /** The users written with last, at most {@code max}. */
  Single<List<UserId>> recentPeers(UserId user, int max);

  /**
   * What is sent.
   *
   * @param to everyone it goes to, as written by the client and canonicalized; empty with a thread
   */
  record Submission(
      ClientId client, Optional<MessageId> thread, List<Address> to, String subject, String text) {
    public Submission {
      to = List.copyOf(to);
    }
  }

  /** What became of it. */
  sealed interface Outcome {
    /**
     * It is in the log.
     *
     * @param repeated whether it was there before; then with what it answered
     */
    record Done(Position position, boolean repeated, Optional<MessageView> message)
        implements Outcome {}

    /**
     * It breaks a rule; the same again is refused again.
     *
     * @param reason for the client
     */
    record Refused(Code code, String reason) implements Outcome {}

    /** It may or may not be done: try again with the same id. */
    record Retry(String reason) implements Outcome {}
  }

  /** Which rule. */
  enum Code {
    ID_REUSED,
    UNKNOWN_RECIPIENT,
    NO_SUCH_THREAD,
    INVALID
  }
}
