package io.tributary.simulation;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.mailbox.MailboxRef;
import io.tributary.storage.LogId;
import java.util.ArrayList;
import java.util.List;

/** A user with one mailbox, two mail addresses and a name to chat with. */
record SimulatedUser(UserId id, Address address, Address alias, Address chat) {
  static final String DOMAIN = "example.com";

  static List<SimulatedUser> draw(int count, Chance chance) {
    List<SimulatedUser> users = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      users.add(
          new SimulatedUser(
              new UserId(chance.between(1, Long.MAX_VALUE - 1)),
              Address.parse("email:user" + number + "@" + DOMAIN),
              Address.parse("email:alias" + number + "@" + DOMAIN),
              Address.parse("chat:user" + number)));
    }
    return users;
  }

  LogId log() {
    return new LogId(id, 1);
  }

  MailboxRef mailbox() {
    return new MailboxRef(id, 1);
  }

  Recipient recipient(Address resolvedBy) {
    return new Recipient(id, 1, resolvedBy);
  }

  boolean owns(Address other) {
    return other.equals(address) || other.equals(alias);
  }
}
