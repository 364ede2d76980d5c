package io.tributary.mailbox;

import io.tributary.codecs.log.Action.SmsStatusNoted;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command.NoteSmsStatus;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Invalid;
import java.util.Optional;

/** How a provider's report is kept. */
record SmsStatusRule(NoteSmsStatus command) implements PendingCommand.Rule {
  private static final int CHARACTERS_MAX = 128;

  @Override
  public long bytesMax() {
    return EntryCodec.ACTION_BYTES_MAX;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    SmsStatus status = command.status();
    boolean tooLong =
        status.provider().length() > CHARACTERS_MAX
            || status.account().length() > CHARACTERS_MAX
            || status.messageId().length() > CHARACTERS_MAX;
    if (tooLong) {
      return Optional.of(new Invalid("names have at most " + CHARACTERS_MAX + " characters"));
    }
    return committed.texts().isNews(status)
        ? Optional.empty()
        : Optional.of(new Done(committed.head(), false));
  }

  @Override
  public boolean risesOnly() {
    return true;
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    decisions.add(request, new SmsStatusNoted(command.status()), Optional.empty());
  }
}
