package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.Conversations;
import io.tributary.channels.TokenCheck;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a node's chat sessions ask: tokens, and mailboxes, wherever those are. */
final class SimulatedConversations implements Conversations, TokenCheck {
  private final World world;
  private final MailboxWay way;

  SimulatedConversations(World world, MailboxWay way) {
    this.world = world;
    this.way = way;
  }

  /** A user's token is the user's name. */
  @Override
  public Single<TokenCheck.Outcome> check(String token) {
    return Single.fromSupplier(
        () ->
            world.weather().failsLookup()
                ? new TokenCheck.Outcome.Retry("the directory is away")
                : world.users().stream()
                    .filter(user -> user.name().equals(token))
                    .findFirst()
                    .<TokenCheck.Outcome>map(
                        user -> new TokenCheck.Outcome.Holder(user.id(), user.name()))
                    .orElseGet(TokenCheck.Outcome.Invalid::new));
  }

  @Override
  public Single<Conversations.Outcome> send(UserId sender, Submission submission) {
    Note note = world.notes().withText(submission.text()).orElseThrow();
    return way.execute(world.user(sender), note.command()).map(SimulatedConversations::outcome);
  }

  private static Conversations.Outcome outcome(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done done) {
      return new Conversations.Outcome.Done(done.position(), done.repeated(), Optional.empty());
    }
    if (outcome instanceof CommandOutcome.IdReused) {
      return new Conversations.Outcome.Refused(Code.ID_REUSED, "id: used for something else");
    }
    boolean later =
        outcome instanceof CommandOutcome.Retry || outcome instanceof CommandOutcome.NotHere;
    return later
        ? new Conversations.Outcome.Retry("not now")
        : new Conversations.Outcome.Refused(Code.INVALID, outcome.toString());
  }

  @Override
  public Single<Conversations.Outcome> markRead(UserId user, MessageId thread, Position upTo) {
    return Single.just(new Conversations.Outcome.Retry("nobody reads here"));
  }

  @Override
  public Single<Set<UserId>> usersIn(UserId user, MessageId thread) {
    return Single.just(Set.of());
  }

  @Override
  public Single<Optional<MessageId>> threadWith(UserId user, Set<UserId> people) {
    return Single.just(Optional.empty());
  }

  @Override
  public Single<List<UserId>> recentPeers(UserId user, int max) {
    return Single.fromSupplier(
        () ->
            world.users().stream().map(SimulatedUser::id).filter(id -> !id.equals(user)).toList());
  }
}
