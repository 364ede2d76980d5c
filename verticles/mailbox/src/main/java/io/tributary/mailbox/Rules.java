package io.tributary.mailbox;

import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.PendingCommand.Rule;
import java.util.Optional;

/** Which rule is for which command. */
final class Rules {
  private Rules() {}

  static Rule of(Command command) {
    if (command instanceof Command.Send send) {
      return new SendRule(send);
    } else if (command instanceof Command.SetContact contact) {
      return new ContactRule(contact);
    }
    return new NotYet();
  }

  /** A command that this version does not carry out. */
  private record NotYet() implements Rule {
    @Override
    public long bytesMax() {
      return 0;
    }

    @Override
    public Optional<CommandOutcome> settled(MailboxState committed) {
      return Optional.of(new CommandOutcome.Retry("not there yet"));
    }

    @Override
    public void decide(Decisions decisions, Request request) {
      throw new IllegalStateException("was refused");
    }
  }
}
