package io.tributary.channels.chat.testing;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.channels.Conversations;
import io.tributary.channels.live.testing.FakeLiveFeed;
import io.tributary.channels.live.testing.FakeMailbox;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Conversations over {@link FakeLiveFeed}'s mailboxes. Every user's one thread is with everybody.
 */
public final class FakeConversations implements Conversations {
  private final FakeLiveFeed feed;
  private final Map<Address, UserId> users = new HashMap<>();
  private final Map<String, Submission> known = new HashMap<>();
  private final Map<String, MessageView> originals = new HashMap<>();
  private final List<Submission> submissions = new ArrayList<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean hold;
  private boolean away;
  private boolean silent;

  public FakeConversations(FakeLiveFeed feed) {
    this.feed = feed;
  }

  public void user(Address address, UserId user) {
    users.put(address, user);
  }

  /** From now on each send waits for {@link #release}. */
  public void hold() {
    hold = true;
  }

  /** Does the send that was held first; false if there is none. */
  public boolean release() {
    Runnable first = held.poll();
    if (first != null) {
      first.run();
    }
    return first != null;
  }

  public void away(boolean away) {
    this.away = away;
  }

  /** From now on what is committed is not published. */
  public void silent(boolean silent) {
    this.silent = silent;
  }

  /** Those handed in, in order. */
  public List<Submission> submissions() {
    return List.copyOf(submissions);
  }

  @Override
  public Single<Outcome> send(UserId sender, Submission submission) {
    return Single.defer(
        () -> {
          submissions.add(submission);
          return answered(() -> sendNow(sender, submission));
        });
  }

  private Single<Outcome> answered(Supplier<Outcome> action) {
    if (!hold) {
      return Single.just(action.get());
    }
    SingleSubject<Outcome> answer = SingleSubject.create();
    held.add(() -> answer.onSuccess(action.get()));
    return answer;
  }

  private Outcome sendNow(UserId sender, Submission submission) {
    if (away) {
      return new Outcome.Retry("storage is away");
    }
    String key = sender + " " + submission.client();
    Submission before = known.putIfAbsent(key, submission);
    MessageView original = originals.get(key);
    if (before != null && original != null) {
      return before.equals(submission)
          ? new Outcome.Done(original.position(), true, Optional.of(original))
          : new Outcome.Refused(Code.ID_REUSED, "id: used before for something else");
    }
    for (Address to : submission.to()) {
      if (!users.containsKey(to)) {
        known.remove(key);
        return new Outcome.Refused(Code.UNKNOWN_RECIPIENT, "to: nobody has the address " + to);
      }
    }
    return commit(sender, submission, key);
  }

  private Outcome commit(UserId sender, Submission submission, String key) {
    LiveBatch batch = feed.mailbox(sender).sent(submission.text(), submission.client());
    originals.put(key, ((LiveEvent.Sent) batch.events().get(0)).message());
    publish(batch);
    submission.to().stream()
        .map(users::get)
        .filter(user -> !user.equals(sender))
        .forEach(user -> publish(feed.mailbox(user).arrive(submission.text())));
    return new Outcome.Done(batch.head(), false, Optional.empty());
  }

  private void publish(LiveBatch batch) {
    if (!silent) {
      feed.publish(batch);
    }
  }

  @Override
  public Single<Outcome> markRead(UserId user, MessageId thread, Position upTo) {
    return Single.defer(() -> answered(() -> markReadNow(user, thread, upTo)));
  }

  private Outcome markReadNow(UserId user, MessageId thread, Position upTo) {
    FakeMailbox mailbox = feed.mailbox(user);
    if (!thread.user().equals(user)) {
      return new Outcome.Refused(Code.NO_SUCH_THREAD, "thread: no such thread");
    }
    LiveBatch batch =
        mailbox.commit(
            List.of(
                position ->
                    new LiveEvent.Updated(
                        position,
                        LiveEvent.Kind.READ,
                        Optional.of(thread),
                        List.of(),
                        Optional.of(upTo))));
    publish(batch);
    return new Outcome.Done(batch.head(), false, Optional.empty());
  }

  @Override
  public Single<Set<UserId>> usersIn(UserId user, MessageId thread) {
    return Single.fromCallable(() -> thread.user().equals(user) ? others(user) : Set.of());
  }

  @Override
  public Single<Optional<MessageId>> threadWith(UserId user, Set<UserId> people) {
    return Single.fromCallable(
        () ->
            people.equals(others(user))
                ? Optional.of(threadOf(user))
                : Optional.<MessageId>empty());
  }

  @Override
  public Single<List<UserId>> recentPeers(UserId user, int max) {
    return Single.fromCallable(() -> others(user).stream().sorted().limit(max).toList());
  }

  private Set<UserId> others(UserId user) {
    Set<UserId> others = new HashSet<>(users.values());
    others.remove(user);
    return others;
  }

  /** The id of the user's thread. */
  public static MessageId threadOf(UserId user) {
    return new MessageId(user, Position.of(1, 0));
  }
}
