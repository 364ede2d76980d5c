package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.log.Action.ContactSet;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Contacts.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whoever wrote in a thread that the user moves from Other to Messages becomes a contact. */
final class Promotion {
  /** At most what it adds to an entry. */
  static final long BYTES_MAX =
      Aliases.BYTES_MAX + 2L * ThreadState.AUTHORS_MAX * EntryCodec.ACTION_BYTES_MAX;

  private Promotion() {}

  static void promote(Decisions decisions, Position first) {
    MailboxState committed = decisions.committed();
    ThreadState thread = committed.threads().existing(first);
    if (thread.folder() != Folder.OTHER || thread.beginning().claimed()) {
      return;
    }
    List<Contact> contacts = new ArrayList<>();
    int index = decisions.next().index();
    for (Map.Entry<Address, String> author : thread.authors().entrySet()) {
      if (committed.contacts().holding(author.getKey()).isEmpty()) {
        Position id = Position.of(committed.entry() + 1, index++);
        contacts.add(new Contact(id, author.getValue(), List.of(author.getKey())));
      }
    }
    List<Alias> aliases = Aliases.of(committed, contacts);
    for (Contact contact : contacts) {
      boolean last = contact.equals(contacts.get(contacts.size() - 1));
      decisions.add(
          new ContactSet(
              Optional.empty(), contact.name(), contact.addresses(), last ? aliases : List.of()));
    }
  }
}
