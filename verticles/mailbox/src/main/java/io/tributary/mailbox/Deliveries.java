package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.People.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What deliveries say of people. */
final class Deliveries {
  private Deliveries() {}

  /** Author first, then recipients. An author who only claims to be a user here is none. */
  static List<Person> people(Delivery delivery) {
    Author author = delivery.envelope().from();
    Optional<UserId> proved =
        author.standing() == Standing.CLAIMS_LOCAL
            ? Optional.empty()
            : delivery.known().user(author.address());
    List<Person> people = new ArrayList<>();
    people.add(new Person(author.address(), proved));
    for (Address to : delivery.envelope().to()) {
      people.add(new Person(to, delivery.known().user(to)));
    }
    return people;
  }
}
