package io.tributary.mailbox;

import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.LiveEvent.Arrived;
import io.tributary.codecs.live.LiveEvent.Kind;
import io.tributary.codecs.live.LiveEvent.Sent;
import io.tributary.codecs.live.LiveEvent.Updated;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What committed actions mean to the user's sessions. A function of the log: told live or read
 * later, an event is the same but for the marks of its message.
 */
final class LiveEvents {
  /** A sent message whose client was destroyed with its content is nobody's. */
  private static final ClientId NOBODY = new ClientId("-", "-");

  private LiveEvents() {}

  /**
   * @param before head before the entry
   * @param state in which the entry is folded
   */
  static LiveBatch batch(MailboxState state, Position before, long number, Entry entry) {
    List<LiveEvent> events = new ArrayList<>();
    for (int index = 0; index < entry.actions().size(); index++) {
      event(state, Position.of(number, index), entry.actions().get(index)).ifPresent(events::add);
    }
    Position head = Position.of(number, entry.actions().size() - 1);
    return new LiveBatch(state.user(), before, head, events);
  }

  static Optional<LiveEvent> event(MailboxState state, Position position, RecordedAction recorded) {
    Action action = recorded.action();
    if (action instanceof Action.Delivered) {
      return MessageViews.view(state, position, recorded).map(Arrived::new);
    } else if (action instanceof Action.Sent) {
      ClientId client =
          recorded.payload().flatMap(payload -> payload.extras().client()).orElse(NOBODY);
      return MessageViews.view(state, position, recorded).map(view -> sent(view, client));
    } else if (action instanceof Action.Settled settled) {
      return Optional.of(delivery(state, position, settled));
    } else if (action instanceof Action.ContactSet) {
      return Optional.of(updated(position, Kind.CONTACT));
    } else if (action instanceof Action.Read read) {
      Optional<MessageId> thread = Optional.of(state.id(read.thread()));
      return Optional.of(
          new Updated(position, Kind.READ, thread, List.of(), Optional.of(read.upTo())));
    } else if (action instanceof Action.Modified modified) {
      return Optional.of(modified(state, position, modified));
    } else if (action instanceof Action.AddressesSet
        || action instanceof Action.SmsStatusNoted
        || action instanceof Action.Sealed) {
      return Optional.of(updated(position, Kind.MAILBOX));
    }
    return Optional.empty();
  }

  private static LiveEvent sent(MessageView view, ClientId client) {
    return new Sent(view, client);
  }

  private static LiveEvent modified(
      MailboxState state, Position position, Action.Modified modified) {
    List<MessageId> threads = new ArrayList<>();
    List<MessageId> messages = new ArrayList<>();
    for (Action.MarkEdit edit : modified.edits()) {
      MessageId id = state.id(edit.subject().position());
      (edit.subject().isThread() ? threads : messages).add(id);
    }
    if (threads.isEmpty()) {
      messages.stream().map(state::threadOf).distinct().forEach(threads::add);
    }
    Optional<MessageId> thread =
        threads.size() == 1 ? Optional.of(threads.get(0)) : Optional.empty();
    return new Updated(position, Kind.MODIFIED, thread, messages, Optional.empty());
  }

  private static LiveEvent updated(Position position, Kind kind) {
    return new Updated(position, kind, Optional.empty(), List.of(), Optional.empty());
  }

  private static LiveEvent delivery(MailboxState state, Position position, Action.Settled settled) {
    List<MessageId> messages =
        settled.settlements().stream()
            .map(settlement -> state.id(settlement.message()))
            .distinct()
            .toList();
    List<MessageId> threads = messages.stream().map(state::threadOf).distinct().toList();
    Optional<MessageId> thread =
        threads.size() == 1 ? Optional.of(threads.get(0)) : Optional.empty();
    return new Updated(position, Kind.DELIVERY, thread, messages, Optional.empty());
  }
}
