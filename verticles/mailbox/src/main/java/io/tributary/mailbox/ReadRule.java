package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Read;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a thread is marked as read. */
record ReadRule(MarkRead command) implements PendingCommand.Rule {
  @Override
  public long bytesMax() {
    return EntryCodec.ACTION_BYTES_MAX;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    ThreadState thread = thread(committed);
    if (thread == null) {
      return Optional.of(new NoSuch("thread"));
    }
    boolean read = upTo(thread).compareTo(thread.readUpTo()) <= 0;
    return read ? Optional.of(new Done(committed.head(), false)) : Optional.empty();
  }

  @Override
  public boolean risesOnly() {
    return true;
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    ThreadState thread = decisions.committed().threads().existing(command.thread().position());
    decisions.add(request, new Read(thread.first(), upTo(thread)), Optional.empty());
  }

  /** Nobody has read what is not there yet. */
  private Position upTo(ThreadState thread) {
    return command.upTo().compareTo(thread.last()) < 0 ? command.upTo() : thread.last();
  }

  private @Nullable ThreadState thread(MailboxState committed) {
    boolean here = command.thread().user().equals(committed.user());
    return here ? committed.threads().at(command.thread().position()) : null;
  }
}
