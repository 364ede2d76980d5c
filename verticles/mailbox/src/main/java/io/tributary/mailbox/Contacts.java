package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.ContactSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** People outside, as the mailbox's user knows them. An address belongs to at most one contact. */
final class Contacts {
  private static final int WEIGHT_BYTES = 300;
  private static final int ADDRESS_WEIGHT_BYTES = 250;

  private final TreeMap<Position, Contact> byId = new TreeMap<>();
  private final Map<Address, Position> byAddress = new HashMap<>();

  /**
   * One of them.
   *
   * @param id position of the action that added it
   * @param addresses sorted
   */
  record Contact(Position id, String name, List<Address> addresses) {}

  Contacts() {}

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  Contacts(List<ContactSnapshot> saved) {
    for (ContactSnapshot each : saved) {
      List<Address> addresses = each.getAddressesList().stream().map(Address::parse).toList();
      set(new Contact(new Position(each.getId()), each.getName(), addresses));
    }
  }

  List<ContactSnapshot> save() {
    return byId.values().stream().map(Contacts::save).toList();
  }

  private static ContactSnapshot save(Contact contact) {
    return ContactSnapshot.newBuilder()
        .setId(contact.id.value())
        .setName(contact.name)
        .addAllAddresses(contact.addresses.stream().map(Address::toString).toList())
        .build();
  }

  /** Which contact holds the address. */
  Optional<Position> holding(Address address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  @Nullable Contact get(Position id) {
    return byId.get(id);
  }

  /** By rising id. */
  NavigableMap<Position, Contact> behind(Position id) {
    return byId.tailMap(id, false);
  }

  int count() {
    return byId.size();
  }

  /** Addresses move here from other contacts; a contact without addresses is gone. */
  void set(Contact contact) {
    Contact before = byId.remove(contact.id);
    if (before != null) {
      before.addresses.forEach(byAddress::remove);
    }
    Set<Position> poorer = new HashSet<>();
    for (Address address : contact.addresses) {
      Position holder = byAddress.put(address, contact.id);
      if (holder != null) {
        poorer.add(holder);
      }
    }
    poorer.forEach(id -> take(id, contact.addresses));
    if (!contact.addresses.isEmpty()) {
      byId.put(contact.id, contact);
    }
  }

  private void take(Position id, List<Address> moved) {
    Contact holder = byId.get(id);
    if (holder == null) {
      return;
    }
    List<Address> left = new ArrayList<>(holder.addresses);
    left.removeAll(moved);
    if (left.isEmpty()) {
      byId.remove(id);
    } else {
      byId.put(id, new Contact(id, holder.name, List.copyOf(left)));
    }
  }

  long weightBytes() {
    return (long) WEIGHT_BYTES * byId.size() + (long) ADDRESS_WEIGHT_BYTES * byAddress.size();
  }
}
