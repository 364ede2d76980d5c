package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a message's addresses are known to be which user's here. An author is among them only if
 * proved: what merely claims to be from a user stands for nobody.
 */
public record KnownPeople(Map<Address, UserId> users) {
  public static final KnownPeople NONE = new KnownPeople(Map.of());

  public KnownPeople {
    users = Map.copyOf(users);
  }

  public Optional<UserId> user(Address address) {
    return Optional.ofNullable(users.get(address));
  }
}
