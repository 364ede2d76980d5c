package io.tributary.simulation;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.mailbox.MailboxRef;
import io.tributary.storage.LogId;
import java.util.ArrayList;
import java.util.List;

/** A user with one mailbox and four addresses: two for mail, one for chat, one for SMS. */
record SimulatedUser(UserId id, String name, Address address, Address alias) {
  static final String DOMAIN = "example.com";

  static List<SimulatedUser> draw(int count, Chance chance) {
    List<SimulatedUser> users = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      users.add(
          new SimulatedUser(
              new UserId(chance.between(1, Long.MAX_VALUE - 1)),
              "user" + number,
              Address.parse("email:user" + number + "@" + DOMAIN),
              Address.parse("email:alias" + number + "@" + DOMAIN)));
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

  Address chat() {
    return Address.parse("chat:" + name);
  }

  Address phone() {
    return Address.parse("sms:+1202555010" + name.substring("user".length()));
  }

  List<Address> addresses() {
    return List.of(address, alias, chat(), phone());
  }

  boolean owns(Address other) {
    return addresses().contains(other);
  }
}
