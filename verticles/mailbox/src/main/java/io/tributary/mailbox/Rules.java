package io.tributary.mailbox;

import io.tributary.mailbox.PendingCommand.Rule;

/** Which rule is for which command. */
final class Rules {
  private Rules() {}

  static Rule of(Command command) {
    if (command instanceof Command.Send send) {
      return new SendRule(send);
    } else if (command instanceof Command.MarkRead read) {
      return new ReadRule(read);
    } else if (command instanceof Command.Modify modify) {
      return new ModifyRule(modify);
    } else if (command instanceof Command.Undo undo) {
      return new UndoRule(undo);
    } else if (command instanceof Command.SetContact contact) {
      return new ContactRule(contact);
    } else if (command instanceof Command.SetAddresses addresses) {
      return new AddressesRule(addresses);
    } else if (command instanceof Command.NoteSmsStatus status) {
      return new SmsStatusRule(status);
    }
    throw new IllegalStateException("no rule for " + command.getClass());
  }
}
