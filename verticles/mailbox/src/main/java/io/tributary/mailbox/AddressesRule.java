package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.AddressesSet;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.SetAddresses;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a mailbox hears which addresses are its user's. */
final class AddressesRule implements PendingCommand.Rule {
  private static final int ADDRESSES_MAX = 1_000;
  private static final int UTF8_BYTES_MAX = 3;

  private final List<Address> addresses;

  AddressesRule(SetAddresses command) {
    this.addresses = command.addresses().stream().distinct().sorted().toList();
  }

  @Override
  public long bytesMax() {
    long bytes = EntryCodec.ACTION_BYTES_MAX;
    for (Address address : addresses) {
      bytes += EntryCodec.ITEM_BYTES_MAX + (long) UTF8_BYTES_MAX * address.value().length();
    }
    return bytes;
  }

  /** What is whose bears on every delivery. */
  @Override
  public boolean alone() {
    return true;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    if (addresses.isEmpty() || addresses.size() > ADDRESSES_MAX) {
      return Optional.of(new Invalid("a user has 1 to " + ADDRESSES_MAX + " addresses"));
    }
    return committed.own().equals(Set.copyOf(addresses))
        ? Optional.of(new Done(committed.head(), false))
        : Optional.empty();
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    decisions.add(request, new AddressesSet(addresses), Optional.empty());
  }
}
