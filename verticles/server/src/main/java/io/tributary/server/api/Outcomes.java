package io.tributary.server.api;

import io.tributary.channels.Conversations.Outcome;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.api.Refusal.Field;

/** From what the mailbox answers to a value, or to the refusal that says why there is none. */
final class Outcomes {
  private static final String MOVING = "the mailbox is being moved";

  private Outcomes() {}

  static <T> T found(ReadOutcome<T> outcome) {
    if (outcome instanceof ReadOutcome.Found<T> found) {
      return found.value();
    }
    if (outcome instanceof ReadOutcome.NoSuch<T>) {
      throw Refusal.notFound("no such message or thread in this mailbox");
    }
    if (outcome instanceof ReadOutcome.BadPageToken<T>) {
      throw Refusal.invalid(
          new Field("page_token"), "must be a next_page_token of this user and call");
    }
    throw Refusal.retry(outcome instanceof ReadOutcome.Retry<T> retry ? retry.reason() : MOVING);
  }

  static CommandOutcome.Done done(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done done) {
      return done;
    }
    if (outcome instanceof CommandOutcome.IdReused) {
      throw Refusal.idReused("request_id: was used before for something else");
    }
    if (outcome instanceof CommandOutcome.NoSuch nothing) {
      throw Refusal.notFound("no such " + nothing.what() + " in this mailbox");
    }
    if (outcome instanceof CommandOutcome.Invalid invalid) {
      throw Refusal.rule(invalid.reason());
    }
    throw Refusal.retry(outcome instanceof CommandOutcome.Retry retry ? retry.reason() : MOVING);
  }

  static Outcome.Done sent(Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      return done;
    }
    if (outcome instanceof Outcome.Refused refused) {
      throw switch (refused.code()) {
        case ID_REUSED -> Refusal.idReused("request_id: was used before for something else");
        case NO_SUCH_THREAD -> Refusal.notFound("no such thread in this mailbox");
        case UNKNOWN_RECIPIENT, INVALID -> Refusal.rule(refused.reason());
      };
    }
    throw Refusal.retry(((Outcome.Retry) outcome).reason());
  }

  /** Where a change stands. */
  static io.tributary.v1.Change change(Position position) {
    return io.tributary.v1.Change.newBuilder().setSeq(position.value()).build();
  }
}
