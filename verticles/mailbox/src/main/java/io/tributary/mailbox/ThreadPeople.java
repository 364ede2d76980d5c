package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Set;

/**
 * Who is in a thread beside the mailbox's user.
 *
 * @param users those with a mailbox here
 * @param outside one address for each of the others: that of the newest message from them, or to
 *     them
 */
public record ThreadPeople(Set<UserId> users, List<Address> outside) {
  public ThreadPeople {
    users = Set.copyOf(users);
    outside = List.copyOf(outside);
  }
}
