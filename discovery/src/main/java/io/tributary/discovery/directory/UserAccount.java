package io.tributary.discovery.directory;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import java.util.List;

/**
 * An active account.
 *
 * @param addresses sorted, the chat address among them
 * @param generation of the user's log, from 1
 */
public record UserAccount(
    UserId id,
    String name,
    List<Address> addresses,
    String cell,
    int generation,
    long createdMillis) {
  public UserAccount {
    addresses = List.copyOf(addresses);
  }
}
