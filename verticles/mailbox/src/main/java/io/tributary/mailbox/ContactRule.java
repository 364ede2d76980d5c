package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.log.Action.ContactSet;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.SetContact;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.Contacts.Contact;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How contacts are added, changed and removed. */
final class ContactRule implements PendingCommand.Rule {
  static final int NAME_CHARACTERS_MAX = 200;
  static final int ADDRESSES_MAX = 50;
  private static final int UTF8_BYTES_MAX = 3;

  private final SetContact command;
  private final List<Address> addresses;

  ContactRule(SetContact command) {
    this.command = command;
    this.addresses = command.addresses().stream().distinct().sorted().toList();
  }

  @Override
  public long bytesMax() {
    long bytes = EntryCodec.ACTION_BYTES_MAX + Aliases.BYTES_MAX;
    bytes += (long) UTF8_BYTES_MAX * command.name().length();
    for (Address address : addresses) {
      bytes += EntryCodec.ITEM_BYTES_MAX + (long) UTF8_BYTES_MAX * address.value().length();
    }
    return bytes;
  }

  /** Which people there are bears on the thread of every message. */
  @Override
  public boolean alone() {
    return true;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    if (command.name().length() > NAME_CHARACTERS_MAX) {
      return Optional.of(
          new Invalid("a contact's name has at most " + NAME_CHARACTERS_MAX + " characters"));
    }
    if (addresses.size() > ADDRESSES_MAX) {
      return Optional.of(new Invalid("a contact has at most " + ADDRESSES_MAX + " addresses"));
    }
    if (command.id().isEmpty() && addresses.isEmpty()) {
      return Optional.of(new Invalid("a new contact needs an address"));
    }
    if (addresses.stream().anyMatch(committed.own()::contains)) {
      return Optional.of(new Invalid("nobody is their own contact"));
    }
    Contact before = before(committed);
    if (command.id().isPresent() && before == null) {
      return Optional.of(new NoSuch("contact"));
    }
    boolean same =
        before != null
            && before.name().equals(command.name())
            && before.addresses().equals(addresses);
    return same ? Optional.of(new Done(committed.head(), false)) : Optional.empty();
  }

  private @Nullable Contact before(MailboxState committed) {
    return command
        .id()
        .filter(id -> id.user().equals(committed.user()))
        .map(MessageId::position)
        .map(committed.contacts()::get)
        .orElse(null);
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    decisions.add(request, set(decisions, command.id().map(MessageId::position)), Optional.empty());
  }

  private ContactSet set(Decisions decisions, Optional<Position> id) {
    Contact contact = new Contact(id.orElseGet(decisions::next), command.name(), addresses);
    List<Alias> aliases = Aliases.of(decisions.committed(), List.of(contact));
    return new ContactSet(id, command.name(), addresses, aliases);
  }
}
