package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.MessageId;
import java.util.List;

/** A person outside, as the mailbox's user knows them. Addresses are sorted. */
public record ContactView(MessageId id, String name, List<Address> addresses) {
  public ContactView {
    addresses = List.copyOf(addresses);
  }
}
