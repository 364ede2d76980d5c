package io.tributary.mailbox;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Messages as users see them: what the log says of them, and what state has added since. */
final class MessageViews {
  private MessageViews() {}

  /** Empty if its content was destroyed. */
  static Optional<MessageView> view(
      MailboxState state, Position position, RecordedAction recorded) {
    if (!(recorded.action() instanceof OfMessage message)) {
      throw new BrokenLogException("a message's action is no message: " + position);
    }
    return recorded.payload().map(payload -> view(state, position, message, payload));
  }

  private static MessageView view(
      MailboxState state, Position position, OfMessage message, MessagePayload payload) {
    MessageId id = state.id(position);
    boolean verified =
        !(message instanceof Action.Delivered delivered)
            || delivered.arrival().standing() == Standing.VERIFIED;
    return new MessageView(
        id,
        message.thread().map(state::id).orElse(id),
        position,
        message.channel(),
        payload.from(),
        payload.to(),
        payload.subject(),
        payload.text(),
        message.millis(),
        verified,
        payload.parts(),
        marks(state, position, message, payload));
  }

  private static MessageView.Marks marks(
      MailboxState state, Position position, OfMessage message, MessagePayload payload) {
    int ordinal = state.messages().at(position).orElseThrow();
    boolean deleted = state.messages().deleted(ordinal);
    Set<String> flags = state.marks().flags(ordinal);
    List<RecipientState> recipients =
        message instanceof Action.Sent ? recipients(state, position, payload) : List.of();
    return deleted || !recipients.isEmpty() || !flags.isEmpty()
        ? new MessageView.Marks(List.copyOf(flags), deleted, recipients)
        : MessageView.Marks.NONE;
  }

  private static List<RecipientState> recipients(
      MailboxState state, Position position, MessagePayload payload) {
    List<RecipientState> recipients = new ArrayList<>(payload.to().size());
    for (int to = 0; to < payload.to().size(); to++) {
      recipients.add(
          new RecipientState(payload.to().get(to), state.outstanding().state(position, to)));
    }
    return recipients;
  }

  static RecordedAction action(Map<Long, Entry> entries, Position position) {
    Entry entry = entries.get(position.entry());
    if (entry == null || position.index() >= entry.actions().size()) {
      throw new BrokenLogException("no action at " + position);
    }
    return entry.actions().get(position.index());
  }
}
