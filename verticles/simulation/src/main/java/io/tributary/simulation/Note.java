package io.tributary.simulation;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.mailbox.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a user sends.
 *
 * @param client names it; a rival has the same
 * @param to users here, perhaps the sender
 * @param outside whether it also goes to somebody who has no mailbox here
 * @param text no two notes have the same
 */
record Note(
    SimulatedUser sender, ClientId client, List<SimulatedUser> to, boolean outside, String text) {
  static final Address ELSEWHERE = Address.parse("email:ann@example.org");

  private static final int HASH_BYTES = 16;

  Note {
    to = List.copyOf(to);
  }

  /** Users who get a copy. */
  List<SimulatedUser> receivers() {
    return to.stream().filter(user -> !user.equals(sender)).toList();
  }

  /** As it stands in frames. */
  List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    to.forEach(user -> addresses.add(user.chat()));
    if (outside) {
      addresses.add(ELSEWHERE);
    }
    return addresses;
  }

  Command.Send command() {
    List<Command.Target> targets = new ArrayList<>();
    for (SimulatedUser user : receivers()) {
      targets.add(new Command.Target(user.chat(), Optional.of(user.recipient(user.chat()))));
    }
    if (outside) {
      targets.add(new Command.Target(ELSEWHERE, Optional.empty()));
    }
    Bytes key = Bytes.ofUtf8(client.device() + "/" + client.id());
    Command.Request request = new Command.Request(Optional.of(key), hash());
    return new Command.Send(request, client, Optional.empty(), targets, "", text);
  }

  private Bytes hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((addresses() + text).getBytes(StandardCharsets.UTF_8));
      return Bytes.ofOwned(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
