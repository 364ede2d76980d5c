package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Addressee;
import io.tributary.codecs.log.Action.Sent;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the copy of a sent message for one of its recipients, from the log alone. */
final class CopyMaking {
  private CopyMaking() {}

  /** Empty if the message's content was destroyed. */
  static Optional<Delivery> make(
      MailboxState sender, Position message, int recipient, Map<Long, Entry> entries) {
    RecordedAction recorded = MessageViews.action(entries, message);
    if (!(recorded.action() instanceof Sent sent)) {
      throw new BrokenLogException("nothing was sent at " + message);
    }
    return recorded.payload().map(payload -> make(sender, message, recipient, sent, payload));
  }

  private static Delivery make(
      MailboxState sender, Position message, int recipient, Sent sent, MessagePayload payload) {
    Addressee addressee = sent.recipients().get(recipient);
    Author author =
        new Author(payload.from(), payload.heading().fromName(), Author.Standing.VERIFIED);
    return new Delivery(
        new Recipient(
            addressee.user().orElseThrow(), addressee.generation(), payload.to().get(recipient)),
        Optional.empty(),
        Optional.of(new Origin(sender.user(), message)),
        new Envelope(sent.channel(), author, payload.to(), "", sent.millis()),
        Content.ofText(payload.subject(), payload.text()),
        known(sender.user(), sent, payload));
  }

  private static KnownPeople known(UserId sender, Sent sent, MessagePayload payload) {
    Map<Address, UserId> users = new HashMap<>();
    users.put(payload.from(), sender);
    for (int to = 0; to < payload.to().size(); to++) {
      Address address = payload.to().get(to);
      sent.recipients().get(to).user().ifPresent(user -> users.put(address, user));
    }
    return new KnownPeople(users);
  }
}
