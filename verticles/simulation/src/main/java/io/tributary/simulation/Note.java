package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.Send;
import io.tributary.mailbox.Command.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A message that one user sends to others here, or to themself. Its device repeats it until it is
 * told that it is sent.
 */
record Note(int number, SimulatedUser sender, List<SimulatedUser> recipients) {
  private static final int HASH_BYTES = 16;

  Note {
    recipients = List.copyOf(recipients);
  }

  /** In no other note. */
  String text() {
    return "note-" + number + ".";
  }

  Send command() {
    byte[] hash = Arrays.copyOf(text().getBytes(StandardCharsets.UTF_8), HASH_BYTES);
    List<Target> targets =
        recipients.stream()
            .map(user -> new Target(user.chat(), Optional.of(user.recipient(user.chat()))))
            .toList();
    return new Send(
        new Request(Optional.of(Bytes.ofUtf8(text())), Bytes.copyOf(hash)),
        new ClientId("device", text()),
        Optional.empty(),
        targets,
        "",
        text());
  }
}
