package io.tributary.codecs.directory;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Stamp;
import java.util.List;

/**
 * An account as its row says it.
 *
 * @param addresses sorted, at least the chat address; they count only while the state is ACTIVE
 * @param generation of the user's log, from 1
 */
public record Account(
    State state,
    String name,
    List<Address> addresses,
    String cell,
    int generation,
    long createdMillis,
    Stamp stamp) {
  /** The life of an account. */
  public enum State {
    CREATING,
    ACTIVE,
    ABORTED
  }

  public Account {
    addresses = addresses.stream().sorted().toList();
  }

  public Account withAddresses(List<Address> next, Stamp nextStamp) {
    return new Account(state, name, next, cell, generation, createdMillis, nextStamp);
  }

  public Account withState(State next, Stamp nextStamp) {
    return new Account(next, name, addresses, cell, generation, createdMillis, nextStamp);
  }
}
