package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome.BadPageToken;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.mailbox.ReadOutcome.NoSuch;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as listings show them. State says which and where; what they say comes from entries read
 * lately, else from the log.
 */
final class MailboxReads {
  private final ShardResources shared;

  MailboxReads(ShardResources shared) {
    this.shared = shared;
  }

  Single<ReadOutcome<Page<MessageView>>> messages(
      MailboxState state, Optional<MessageId> thread, MessageOrder order, PageRequest request) {
    ThreadState only = thread.map(id -> thread(state, id)).orElse(null);
    if (thread.isPresent() && only == null) {
      return Single.just(new NoSuch<>());
    }
    Optional<Position> from =
        request.token().flatMap(token -> tokens(state, thread, order).read(token));
    if (request.token().isPresent() && from.isEmpty()) {
      return Single.just(new BadPageToken<>());
    }
    MessagePage page = new MessagePage(state, only, order);
    page.fill(from, request.size());
    if (page.messages().isEmpty()) {
      return Single.just(new Found<>(new Page<>(List.of(), Optional.empty())));
    }
    Optional<String> next =
        page.end().map(position -> tokens(state, thread, order).write(position));
    return shared
        .recent()
        .entries(state.log(), page.entries())
        .map(entries -> new Found<>(new Page<>(views(state, page, entries), next)));
  }

  private static PageToken tokens(
      MailboxState state, Optional<MessageId> thread, MessageOrder order) {
    String call = "messages" + thread.map(MessageId::toString).orElse("");
    call += order.newestFirst() ? " newest first" : "";
    call += order.showDeleted() ? " all" : "";
    return new PageToken(state.user(), call);
  }

  Single<ReadOutcome<MessageView>> message(MailboxState state, MessageId id) {
    if (isMissing(state, id)) {
      return Single.just(new NoSuch<>());
    }
    return shared
        .recent()
        .entries(state.log(), Set.of(id.position().entry()))
        .map(entries -> found(view(state, id.position(), entries)));
  }

  /** Not from entries read lately: those are kept without raw messages. */
  Single<ReadOutcome<Bytes>> raw(MailboxState state, MessageId id) {
    if (isMissing(state, id)) {
      return Single.just(new NoSuch<>());
    }
    return shared
        .untilDeadline(shared.log().readEach(state.log(), Set.of(id.position().entry())))
        .map(stored -> action(stored, id.position()))
        .map(recorded -> found(recorded.payload().map(MessagePayload::raw)));
  }

  private static RecordedAction action(List<StoredEntry> stored, Position position) {
    if (stored.isEmpty()) {
      throw new BrokenLogException("a committed entry is gone");
    }
    Entry entry = EntryCodec.decode(stored.get(0).bytes().unsafeArray());
    return MessageViews.action(Map.of(position.entry(), entry), position);
  }

  private static <T> ReadOutcome<T> found(Optional<T> value) {
    return value.<ReadOutcome<T>>map(Found::new).orElseGet(NoSuch::new);
  }

  private static List<MessageView> views(
      MailboxState state, MessagePage page, Map<Long, Entry> entries) {
    List<MessageView> views = new ArrayList<>(page.messages().size());
    for (int message : page.messages()) {
      view(state, state.messages().position(message), entries).ifPresent(views::add);
    }
    return views;
  }

  private static Optional<MessageView> view(
      MailboxState state, Position position, Map<Long, Entry> entries) {
    return MessageViews.view(state, position, MessageViews.action(entries, position));
  }

  private static boolean isMissing(MailboxState state, MessageId id) {
    return !id.user().equals(state.user()) || state.messages().at(id.position()).isEmpty();
  }

  private static @Nullable ThreadState thread(MailboxState state, MessageId id) {
    return id.user().equals(state.user()) ? state.threads().at(id.position()) : null;
  }
}
