package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;
import io.tributary.channels.sms.SmsStatusIntake;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.MailboxLinks.Courier;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;

/** How the parts of a node reach mailboxes, wherever those are. Answers may never come. */
interface MailboxWay extends MessageIntake, RecipientLookup, SmsStatusIntake, Courier {
  Single<CommandOutcome> execute(SimulatedUser user, Command command);

  <T> Single<ReadOutcome<T>> read(SimulatedUser user, MailboxRequest<ReadOutcome<T>> request);
}
