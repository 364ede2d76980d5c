package io.tributary.server.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;

/** The mailboxes of this node, whichever it owns. Safe for any thread. */
public interface OwnMailboxes {
  /**
   * Asks a mailbox.
   *
   * <p>Signals an error if there is no answer in time or nobody to ask; what was asked for may have
   * been done all the same.
   */
  <A> Single<A> ask(UserId user, MailboxRequest<A> request);
}
