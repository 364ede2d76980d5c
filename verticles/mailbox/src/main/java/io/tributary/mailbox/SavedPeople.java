package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.mailbox.People.Person;
import io.tributary.records.v1.PersonSnapshot;
import java.util.List;
import java.util.Optional;

/** People in snapshots. */
final class SavedPeople {
  private SavedPeople() {}

  static PersonSnapshot save(Person person) {
    return PersonSnapshot.newBuilder()
        .setAddress(person.address().toString())
        .setUser(person.user().map(UserId::value).orElse(0L))
        .build();
  }

  static List<PersonSnapshot> save(List<Person> people) {
    return people.stream().map(SavedPeople::save).toList();
  }

  static List<Person> people(List<PersonSnapshot> saved) {
    return saved.stream().map(SavedPeople::person).toList();
  }

  private static Person person(PersonSnapshot saved) {
    Optional<UserId> user =
        saved.getUser() == 0 ? Optional.empty() : Optional.of(new UserId(saved.getUser()));
    return new Person(Address.parse(saved.getAddress()), user);
  }
}
