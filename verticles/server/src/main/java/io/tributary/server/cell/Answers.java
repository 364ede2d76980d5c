package io.tributary.server.cell;

import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.DoneValue;
import io.tributary.cell.v1.Nothing;
import io.tributary.cell.v1.RefusalValue;
import io.tributary.cell.v1.RefusalValue.Kind;
import io.tributary.cell.v1.StoredValue;
import io.tributary.codecs.cell.Keys;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;

/** What a mailbox answers, as bytes and back. */
final class Answers {
  private Answers() {}

  /** The answer to a question of its kind. */
  static AskResponse write(MailboxRequest<?> asked, Object outcome) {
    if (outcome instanceof DeliverOutcome delivered) {
      return write(delivered);
    } else if (outcome instanceof CommandOutcome done) {
      return write(done);
    } else if (outcome instanceof ReadOutcome<?> read) {
      return write(asked, read);
    }
    return AskResponse.newBuilder().setWoken(Nothing.getDefaultInstance()).build();
  }

  private static AskResponse write(DeliverOutcome outcome) {
    if (outcome instanceof DeliverOutcome.Stored stored) {
      return stored(stored.id(), stored.thread(), false);
    } else if (outcome instanceof DeliverOutcome.Duplicate duplicate) {
      return stored(duplicate.id(), duplicate.thread(), true);
    } else if (outcome instanceof DeliverOutcome.NotMine) {
      return refusal(Kind.NOT_MINE, "");
    } else if (outcome instanceof DeliverOutcome.NotHere) {
      return refusal(Kind.NOT_HERE, "");
    }
    return refusal(Kind.RETRY, ((DeliverOutcome.Retry) outcome).reason());
  }

  private static AskResponse stored(MessageId id, MessageId thread, boolean duplicate) {
    return AskResponse.newBuilder()
        .setStored(
            StoredValue.newBuilder()
                .setId(Keys.write(id))
                .setThread(Keys.write(thread))
                .setDuplicate(duplicate))
        .build();
  }

  private static AskResponse write(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done done) {
      return AskResponse.newBuilder()
          .setDone(
              DoneValue.newBuilder()
                  .setPosition(done.position().value())
                  .setRepeatedRequest(done.repeated()))
          .build();
    } else if (outcome instanceof CommandOutcome.IdReused) {
      return refusal(Kind.ID_REUSED, "");
    } else if (outcome instanceof CommandOutcome.NoSuch nothing) {
      return refusal(Kind.NO_SUCH, nothing.what());
    } else if (outcome instanceof CommandOutcome.Invalid invalid) {
      return refusal(Kind.INVALID, invalid.reason());
    } else if (outcome instanceof CommandOutcome.NotHere) {
      return refusal(Kind.NOT_HERE, "");
    }
    return refusal(Kind.RETRY, ((CommandOutcome.Retry) outcome).reason());
  }

  private static AskResponse write(MailboxRequest<?> asked, ReadOutcome<?> outcome) {
    if (outcome instanceof ReadOutcome.Found<?> found) {
      return Findings.write(asked, found.value());
    } else if (outcome instanceof ReadOutcome.NoSuch<?>) {
      return refusal(Kind.NO_SUCH, "");
    } else if (outcome instanceof ReadOutcome.NotHere<?>) {
      return refusal(Kind.NOT_HERE, "");
    } else if (outcome instanceof ReadOutcome.BadPageToken<?>) {
      return refusal(Kind.BAD_PAGE_TOKEN, "");
    }
    return refusal(Kind.RETRY, ((ReadOutcome.Retry<?>) outcome).reason());
  }

  static AskResponse refusal(Kind kind, String reason) {
    return AskResponse.newBuilder()
        .setRefusal(RefusalValue.newBuilder().setKind(kind).setReason(reason))
        .build();
  }

  /**
   * The outcome of what was asked. Throws {@code IllegalArgumentException} for what no node of this
   * version answers to it.
   */
  @SuppressWarnings("unchecked") // each kind of question is answered by its kind of outcome
  static <A> A read(MailboxRequest<A> asked, AskResponse written) {
    if (asked instanceof MailboxRequest.Deliver) {
      return (A) delivered(written);
    } else if (asked instanceof MailboxRequest.Execute) {
      return (A) executed(written);
    } else if (asked instanceof MailboxRequest.Wake) {
      return (A) Boolean.valueOf(written.hasWoken());
    }
    return (A) found(asked, written);
  }

  private static DeliverOutcome delivered(AskResponse written) {
    if (written.hasStored()) {
      MessageId id = Keys.read(written.getStored().getId());
      MessageId thread = Keys.read(written.getStored().getThread());
      return written.getStored().getDuplicate()
          ? new DeliverOutcome.Duplicate(id, thread)
          : new DeliverOutcome.Stored(id, thread);
    }
    RefusalValue refusal = refusal(written);
    return switch (refusal.getKind()) {
      case NOT_MINE -> new DeliverOutcome.NotMine();
      case NOT_HERE -> new DeliverOutcome.NotHere();
      case RETRY -> new DeliverOutcome.Retry(refusal.getReason());
      default -> throw unknown(refusal.getKind());
    };
  }

  private static CommandOutcome executed(AskResponse written) {
    if (written.hasDone()) {
      return new CommandOutcome.Done(
          new Position(written.getDone().getPosition()), written.getDone().getRepeatedRequest());
    }
    RefusalValue refusal = refusal(written);
    return switch (refusal.getKind()) {
      case ID_REUSED -> new CommandOutcome.IdReused();
      case NO_SUCH -> new CommandOutcome.NoSuch(refusal.getReason());
      case INVALID -> new CommandOutcome.Invalid(refusal.getReason());
      case NOT_HERE -> new CommandOutcome.NotHere();
      case RETRY -> new CommandOutcome.Retry(refusal.getReason());
      default -> throw unknown(refusal.getKind());
    };
  }

  private static ReadOutcome<?> found(MailboxRequest<?> asked, AskResponse written) {
    if (!written.hasRefusal()) {
      return new ReadOutcome.Found<>(Findings.read(asked, written));
    }
    RefusalValue refusal = written.getRefusal();
    return switch (refusal.getKind()) {
      case NO_SUCH -> new ReadOutcome.NoSuch<>();
      case NOT_HERE -> new ReadOutcome.NotHere<>();
      case BAD_PAGE_TOKEN -> new ReadOutcome.BadPageToken<>();
      case RETRY -> new ReadOutcome.Retry<>(refusal.getReason());
      default -> throw unknown(refusal.getKind());
    };
  }

  private static RefusalValue refusal(AskResponse written) {
    if (!written.hasRefusal()) {
      throw new IllegalArgumentException("an answer to another question");
    }
    return written.getRefusal();
  }

  private static IllegalArgumentException unknown(Kind kind) {
    return new IllegalArgumentException("no answer to this question: " + kind);
  }
}
