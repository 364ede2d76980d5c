package io.tributary.discovery.directory;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is to be created.
 *
 * @param name the chat address; its value is the user's name
 * @param others email and telephone, at most {@link #OTHERS_MAX}
 */
public record NewUser(Address name, List<Address> others) {
  public static final int OTHERS_MAX = 16;

  public NewUser {
    others = List.copyOf(others);
    if (name.kind() != AddressKind.CHAT) {
      throw new IllegalArgumentException("a user's name is a chat address");
    }
    if (others.size() > OTHERS_MAX) {
      throw new IllegalArgumentException("a user is created with at most 16 other addresses");
    }
  }

  /** All addresses, sorted, each once. */
  public List<Address> addresses() {
    return Stream.concat(Stream.of(name), others.stream()).distinct().sorted().toList();
  }
}
