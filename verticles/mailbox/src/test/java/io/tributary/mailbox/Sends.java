package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Recipient;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.Send;
import io.tributary.mailbox.Command.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Messages that Bob sends. */
final class Sends {
  static final UserId CAROL = new UserId(0xCA401);
  static final UserId DAVE = new UserId(0xDA5E);
  static final Target TO_CAROL = local("chat:carol", CAROL);
  static final Target TO_DAVE = local("chat:dave", DAVE);
  static final Target TO_ANN = outside("email:ann@example.org");

  private Sends() {}

  static Target local(String address, UserId user) {
    Address parsed = Address.parse(address);
    return new Target(parsed, Optional.of(new Recipient(user, 1, parsed)));
  }

  static Target outside(String address) {
    return new Target(Address.parse(address), Optional.empty());
  }

  /** By its id and text. */
  static Request request(String id, String content) {
    byte[] hash = new byte[16];
    byte[] bytes = Bytes.ofUtf8(content).toArray();
    System.arraycopy(bytes, 0, hash, 0, Math.min(bytes.length, hash.length));
    return new Request(Optional.of(Bytes.ofUtf8(id)), Bytes.copyOf(hash));
  }

  static Send send(String id, Target... targets) {
    return send(id, "text of " + id, Optional.empty(), targets);
  }

  static Send send(String id, String text, Optional<MessageId> thread, Target... targets) {
    return new Send(
        request(id, text),
        new ClientId("phone", id),
        thread,
        Stream.of(targets).toList(),
        "",
        text);
  }

  static Send sendTo(String id, List<Target> targets) {
    return send(id, targets.toArray(Target[]::new));
  }
}
