package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.Action.Delivered;
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
import io.tributary.storage.ActionLog;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What a mailbox shows. State says which messages and where; what they say is read from the log.
 * Each method uses the state at once and keeps no hold of it.
 */
final class MailboxReads {
  private final ActionLog log;

  MailboxReads(ActionLog log) {
    this.log = log;
  }

  ReadOutcome<Page<ThreadView>> threads(MailboxState state, PageRequest request) {
    PageToken tokens = new PageToken(state.log().user(), "threads");
    Optional<Position> before = request.token().flatMap(tokens::read);
    if (request.token().isPresent() && before.isEmpty()) {
      return new BadPageToken<>();
    }
    List<ThreadState> threads = state.threadsBefore(before, request.size() + 1);
    int size = Math.min(request.size(), fitting(threads));
    List<ThreadView> page = threads.stream().limit(size).map(state::view).toList();
    if (size == threads.size()) {
      return new Found<>(new Page<>(page, Optional.empty()));
    }
    String next = tokens.write(page.get(size - 1).last());
    return new Found<>(new Page<>(page, Optional.of(next)));
  }

  /** How many of them keep a page small; at least one, if there is one. */
  private static int fitting(List<ThreadState> threads) {
    long bytes = 0;
    int count = 0;
    for (ThreadState thread : threads) {
      bytes += thread.viewBytes();
      if (bytes > MessagePage.VIEW_BYTES_MAX && count > 0) {
        break;
      }
      count++;
    }
    return count;
  }

  Single<ReadOutcome<Page<MessageView>>> messages(
      MailboxState state, Optional<MessageId> thread, PageRequest request) {
    OptionalInt ordinal = OptionalInt.empty();
    if (thread.isPresent()) {
      ordinal = threadOrdinal(state, thread.get());
      if (ordinal.isEmpty()) {
        return Single.just(new NoSuch<>());
      }
    }
    String call = "messages" + thread.map(MessageId::toString).orElse("");
    PageToken tokens = new PageToken(state.log().user(), call);
    Optional<Position> after =
        request.token().isEmpty()
            ? Optional.of(Position.START)
            : request.token().flatMap(tokens::read);
    if (after.isEmpty()) {
      return Single.just(new BadPageToken<>());
    }
    MessagePage page = new MessagePage(state, ordinal);
    page.fill(after.get(), request.size());
    return read(state, page, tokens);
  }

  Single<ReadOutcome<MessageView>> message(MailboxState state, MessageId id) {
    return one(state, id, MailboxReads::view);
  }

  Single<ReadOutcome<Bytes>> raw(MailboxState state, MessageId id) {
    return one(state, id, (located, recorded) -> recorded.payload().map(MessagePayload::raw));
  }

  private Single<ReadOutcome<Page<MessageView>>> read(
      MailboxState state, MessagePage page, PageToken tokens) {
    List<Located> located = page.messages().stream().map(each -> locate(state, each)).toList();
    if (located.isEmpty()) {
      return Single.just(new Found<>(new Page<>(List.of(), Optional.empty())));
    }
    Position end = located.get(located.size() - 1).id.position();
    Optional<String> next = page.more() ? Optional.of(tokens.write(end)) : Optional.empty();
    return entries(state.log(), page.entries())
        .map(entries -> new Found<>(new Page<>(views(located, entries), next)));
  }

  private <T> Single<ReadOutcome<T>> one(
      MailboxState state, MessageId id, BiFunction<Located, RecordedAction, Optional<T>> form) {
    OptionalInt ordinal = messageOrdinal(state, id);
    if (ordinal.isEmpty()) {
      return Single.just(new NoSuch<>());
    }
    Located located = locate(state, ordinal.getAsInt());
    return entries(state.log(), Set.of(id.position().entry()))
        .map(
            entries ->
                form.apply(located, action(entries, id.position()))
                    .<ReadOutcome<T>>map(Found::new)
                    .orElseGet(NoSuch::new));
  }

  /** Signals an error if one of them can't be had: they stand in the log for ever. */
  private Single<Map<Long, Entry>> entries(LogId id, Collection<Long> numbers) {
    return log.readEach(id, numbers).map(stored -> decode(stored, numbers));
  }

  private static Map<Long, Entry> decode(List<StoredEntry> stored, Collection<Long> numbers) {
    Map<Long, Entry> entries = new HashMap<>();
    stored.forEach(
        each -> entries.put(each.number(), EntryCodec.decode(each.bytes().unsafeArray())));
    if (!entries.keySet().containsAll(numbers)) {
      throw new BrokenLogException("a committed entry is gone");
    }
    return entries;
  }

  private static List<MessageView> views(List<Located> located, Map<Long, Entry> entries) {
    return located.stream()
        .flatMap(each -> view(each, action(entries, each.id.position())).stream())
        .toList();
  }

  private static Optional<MessageView> view(Located located, RecordedAction recorded) {
    return recorded.payload().map(payload -> view(located, delivered(recorded), payload));
  }

  private static MessageView view(Located located, Delivered how, MessagePayload payload) {
    return new MessageView(
        located.id,
        located.thread,
        located.id.position(),
        how.channel(),
        payload.from(),
        payload.to(),
        payload.subject(),
        payload.text(),
        how.receivedMillis(),
        how.verified(),
        payload.parts(),
        MessageView.Marks.NONE);
  }

  private static RecordedAction action(Map<Long, Entry> entries, Position position) {
    Entry entry = entries.get(position.entry());
    if (entry == null || position.index() >= entry.actions().size()) {
      throw new BrokenLogException("no action at " + position);
    }
    return entry.actions().get(position.index());
  }

  private static Delivered delivered(RecordedAction recorded) {
    if (recorded.action() instanceof Delivered delivered) {
      return delivered;
    }
    throw new BrokenLogException("a message's action is no delivery");
  }

  private static Located locate(MailboxState state, int message) {
    MessageId id = state.id(state.messages().position(message));
    return new Located(id, state.threadOf(message));
  }

  private static OptionalInt messageOrdinal(MailboxState state, MessageId id) {
    return id.user().equals(state.log().user())
        ? state.messages().at(id.position())
        : OptionalInt.empty();
  }

  private static OptionalInt threadOrdinal(MailboxState state, MessageId id) {
    return id.user().equals(state.log().user())
        ? state.threadAt(id.position())
        : OptionalInt.empty();
  }

  private record Located(MessageId id, MessageId thread) {}
}
