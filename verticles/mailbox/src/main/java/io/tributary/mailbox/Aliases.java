package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Contacts.Contact;
import io.tributary.mailbox.People.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which threads sets of people have once a contact has changed. A thread's set is that of its first
 * message. All threads in whose sets an address of the contact is (or was) are looked up under the
 * names its people have then; of several with one set the one with the newest message has it.
 */
final class Aliases {
  private static final int THREADS_MAX = 2_000;

  /** At most what they add to an entry. */
  static final long BYTES_MAX = 2L * THREADS_MAX * EntryCodec.ITEM_BYTES_MAX;

  private final MailboxState committed;
  private final List<Contact> contacts;
  private final Set<Address> affected;

  /** What the affected sets were called and will be called; the thread that has each then. */
  private final Map<Bytes, Optional<ThreadState>> threads = new LinkedHashMap<>();

  private final Set<ThreadState> looked = new HashSet<>();

  private Aliases(MailboxState committed, List<Contact> contacts) {
    this.committed = committed;
    this.contacts = contacts;
    this.affected = new HashSet<>();
    for (Contact contact : contacts) {
      affected.addAll(contact.addresses());
      Contact before = committed.contacts().get(contact.id());
      if (before != null) {
        affected.addAll(before.addresses());
      }
    }
  }

  /**
   * @param contacts that change, as they will be
   */
  static List<Alias> of(MailboxState committed, List<Contact> contacts) {
    return new Aliases(committed, contacts).decide();
  }

  private List<Alias> decide() {
    committed.threads().newestFirst(Optional.empty()).values().stream()
        .filter(this::isAffected)
        .limit(THREADS_MAX)
        .forEach(this::look);
    List<Alias> aliases = new ArrayList<>();
    threads.forEach((people, thread) -> alias(people, thread).ifPresent(aliases::add));
    return aliases;
  }

  private boolean isAffected(ThreadState thread) {
    return !thread.beginning().claimed()
        && thread.beginning().members().stream()
            .anyMatch(member -> member.user().isEmpty() && affected.contains(member.address()));
  }

  private void look(ThreadState thread) {
    looked.add(thread);
    List<Person> members = thread.beginning().members();
    threads.putIfAbsent(hash(members, committed.contacts()::holding), Optional.empty());
    threads.merge(
        hash(members, this::holdingThen),
        Optional.of(thread),
        (known, next) -> known.isPresent() ? known : next);
  }

  private Optional<Position> holdingThen(Address address) {
    for (Contact contact : contacts) {
      if (contact.addresses().contains(address)) {
        return Optional.of(contact.id());
      }
    }
    return committed.contacts().holding(address).filter(this::isUnchanged);
  }

  private boolean isUnchanged(Position contact) {
    return contacts.stream().noneMatch(each -> each.id().equals(contact));
  }

  private static Bytes hash(List<Person> members, Function<Address, Optional<Position>> contacts) {
    return People.hash(false, members.stream().map(member -> member.name(contacts)).toList());
  }

  private Optional<Alias> alias(Bytes people, Optional<ThreadState> thread) {
    Optional<ThreadState> now = committed.threads().ofPeople(people);
    // a thread that was not looked at keeps its set, unless another claims it
    boolean unchanged = now.equals(thread) || (thread.isEmpty() && !looked.contains(now.get()));
    return unchanged
        ? Optional.empty()
        : Optional.of(new Alias(people, thread.map(ThreadState::first)));
  }
}
