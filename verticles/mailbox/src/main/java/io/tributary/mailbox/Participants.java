package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Known;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.mailbox.People.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who takes part in a recorded message beside the mailbox's user. */
final class Participants {
  /** Sets of more people than this are not looked at again when contacts change. */
  private static final int MEMBERS_MAX = 50;

  private Participants() {}

  /** Author first, then recipients, each address once. */
  static List<Person> of(OfMessage message, MessagePayload payload, Predicate<Person> isOther) {
    Map<Address, Optional<UserId>> found = new LinkedHashMap<>();
    if (message instanceof Action.Delivered delivered) {
      Map<Integer, UserId> known = new LinkedHashMap<>();
      for (Known each : delivered.known()) {
        known.put(each.index(), each.user());
      }
      found.put(payload.from(), Optional.ofNullable(known.get(0)));
      for (int to = 0; to < payload.to().size(); to++) {
        found.putIfAbsent(payload.to().get(to), Optional.ofNullable(known.get(to + 1)));
      }
    } else if (message instanceof Action.Sent sent) {
      for (int to = 0; to < payload.to().size(); to++) {
        found.putIfAbsent(payload.to().get(to), sent.recipients().get(to).user());
      }
    }
    List<Person> people = new ArrayList<>(found.size());
    found.forEach((address, user) -> people.add(new Person(address, user)));
    people.removeIf(isOther.negate());
    return people;
  }

  static ThreadState.Beginning beginning(OfMessage message, List<Person> people) {
    boolean claimed =
        message instanceof Action.Delivered delivered
            && delivered.arrival().standing() == Standing.CLAIMS_LOCAL;
    return new ThreadState.Beginning(people.size() <= MEMBERS_MAX ? people : List.of(), claimed);
  }
}
