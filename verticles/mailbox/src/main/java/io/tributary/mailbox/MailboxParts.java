package io.tributary.mailbox;

import io.tributary.records.v1.MailboxSnapshot;

/** What the fold keeps of a mailbox, each kind apart. */
final class MailboxParts {
  final MessageIndex messages;
  final Threads threads;
  final IdempotencyKeys keys;
  final IdempotencyKeys requests;
  final Copies copies;
  final Outstanding outstanding;
  final Contacts contacts;
  final Marks marks;
  final TextMessages texts;

  /** Of a mailbox before its first entry. */
  MailboxParts() {
    messages = new MessageIndex();
    threads = new Threads();
    keys = new IdempotencyKeys();
    requests = new IdempotencyKeys();
    copies = new Copies();
    outstanding = new Outstanding();
    contacts = new Contacts();
    marks = new Marks(messages, threads);
    texts = new TextMessages();
  }

  /**
   * As they were saved.
   *
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  MailboxParts(MailboxSnapshot saved) {
    messages = new MessageIndex(saved.getMessages(), saved.getThreadsCount());
    threads = new Threads(saved, messages);
    keys = new IdempotencyKeys(saved.getKeys(), saved.getFoldMillis());
    requests = new IdempotencyKeys(saved.getRequests(), saved.getFoldMillis());
    copies = new Copies(saved.getSendersList());
    outstanding = new Outstanding(saved);
    contacts = new Contacts(saved.getContactsList());
    marks = new Marks(messages, threads, saved);
    texts = new TextMessages(saved);
  }

  /** All of it, as a new object would need it. The fold's time is there already. */
  void save(MailboxSnapshot.Builder saved) {
    saved.setMessages(messages.save());
    threads.save(saved);
    saved.setKeys(keys.save(saved.getFoldMillis()));
    saved.setRequests(requests.save(saved.getFoldMillis()));
    saved.addAllSenders(copies.save());
    outstanding.save(saved);
    saved.addAllContacts(contacts.save());
    marks.save(saved);
    texts.save(saved);
  }

  long weightBytes() {
    return messages.weightBytes()
        + threads.weightBytes()
        + keys.weightBytes()
        + requests.weightBytes()
        + copies.weightBytes()
        + outstanding.weightBytes()
        + contacts.weightBytes()
        + marks.weightBytes()
        + texts.weightBytes();
  }
}
