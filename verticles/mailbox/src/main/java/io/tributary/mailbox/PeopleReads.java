package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Contacts.Contact;
import io.tributary.mailbox.People.Person;
import io.tributary.mailbox.ReadOutcome.BadPageToken;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.mailbox.ReadOutcome.NoSuch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who a mailbox's user writes with. */
final class PeopleReads {
  private static final int RECENT_THREADS_MAX = 1_000;

  private PeopleReads() {}

  static ReadOutcome<Page<ContactView>> contacts(MailboxState state, PageRequest request) {
    PageToken tokens = new PageToken(state.user(), "contacts");
    Optional<Position> after =
        request.token().isEmpty()
            ? Optional.of(Position.START)
            : request.token().flatMap(tokens::read);
    if (after.isEmpty()) {
      return new BadPageToken<>();
    }
    Collection<Contact> behind = state.contacts().behind(after.get()).values();
    List<Contact> page = behind.stream().limit(request.size()).toList();
    Optional<String> next =
        behind.size() > page.size()
            ? Optional.of(tokens.write(page.get(page.size() - 1).id()))
            : Optional.empty();
    return new Found<>(
        new Page<>(page.stream().map(contact -> view(state, contact)).toList(), next));
  }

  private static ContactView view(MailboxState state, Contact contact) {
    return new ContactView(state.id(contact.id()), contact.name(), contact.addresses());
  }

  static ReadOutcome<ThreadPeople> threadPeople(MailboxState state, MessageId id) {
    ThreadState thread = state.threads().at(id.position());
    return thread == null || !id.user().equals(state.user())
        ? new NoSuch<>()
        : new Found<>(people(state, thread));
  }

  private static ThreadPeople people(MailboxState state, ThreadState thread) {
    Set<UserId> users = new HashSet<>();
    Set<String> names = new HashSet<>();
    List<Address> outside = new ArrayList<>();
    List<Map.Entry<Address, Optional<UserId>>> newestFirst =
        new ArrayList<>(thread.participants().entrySet());
    Collections.reverse(newestFirst);
    for (Map.Entry<Address, Optional<UserId>> each : newestFirst) {
      Person person = new Person(each.getKey(), each.getValue());
      if (person.user().isPresent()) {
        users.add(person.user().get());
      } else if (state.isOther(person) && names.add(state.name(person))) {
        outside.add(person.address());
      }
    }
    return new ThreadPeople(users, outside);
  }

  static ReadOutcome<MessageId> threadOf(MailboxState state, Set<UserId> users) {
    List<String> names =
        users.stream()
            .filter(user -> !user.equals(state.user()))
            .map(user -> "user:" + user)
            .toList();
    return state
        .threads()
        .ofPeople(People.hash(false, names))
        .<ReadOutcome<MessageId>>map(thread -> new Found<>(state.id(thread.first())))
        .orElseGet(NoSuch::new);
  }

  static ReadOutcome<List<UserId>> recentPeers(MailboxState state, int max) {
    Set<UserId> peers = new LinkedHashSet<>();
    for (ThreadState thread :
        state.threads().newestFirst(Optional.empty()).values().stream()
            .limit(RECENT_THREADS_MAX)
            .toList()) {
      for (Optional<UserId> user : thread.participants().values()) {
        user.ifPresent(peers::add);
      }
      if (peers.size() >= max) {
        break;
      }
    }
    return new Found<>(peers.stream().limit(max).toList());
  }
}
