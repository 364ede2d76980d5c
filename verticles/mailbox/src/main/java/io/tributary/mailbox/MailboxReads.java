package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome.BadPageToken;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.mailbox.ReadOutcome.NoSuch;
import io.tributary.storage.ActionLog;
import io.tributary.storage.StoredEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a mailbox shows. State says which messages and where; what they say is read from the log.
 * Each method uses the state at once and keeps no hold of it.
 */
final class MailboxReads {
  private final ActionLog log;
  private final RecentEntries recent;

  MailboxReads(ActionLog log, RecentEntries recent) {
    this.log = log;
    this.recent = recent;
  }

  ReadOutcome<Page<ThreadView>> threads(MailboxState state, PageRequest request) {
    PageToken tokens = new PageToken(state.log().user(), "threads");
    Optional<Position> before = request.token().flatMap(tokens::read);
    if (request.token().isPresent() && before.isEmpty()) {
      return new BadPageToken<>();
    }
    List<ThreadState> threads =
        state.threads().newestFirst(before).values().stream().limit(request.size() + 1L).toList();
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
    if (messageOrdinal(state, id).isEmpty()) {
      return Single.just(new NoSuch<>());
    }
    return recent
        .entries(state.log(), Set.of(id.position().entry()))
        .map(entries -> found(view(state, id.position(), entries)));
  }

  Single<ReadOutcome<Bytes>> raw(MailboxState state, MessageId id) {
    if (messageOrdinal(state, id).isEmpty()) {
      return Single.just(new NoSuch<>());
    }
    Set<Long> entry = Set.of(id.position().entry());
    return log.readEach(state.log(), entry)
        .map(stored -> decode(stored, entry))
        .map(entries -> MessageViews.action(entries, id.position()))
        .map(recorded -> found(recorded.payload().map(MessagePayload::raw)));
  }

  private static <T> ReadOutcome<T> found(Optional<T> value) {
    return value.<ReadOutcome<T>>map(Found::new).orElseGet(NoSuch::new);
  }

  private Single<ReadOutcome<Page<MessageView>>> read(
      MailboxState state, MessagePage page, PageToken tokens) {
    List<Position> positions = page.messages().stream().map(state.messages()::position).toList();
    if (positions.isEmpty()) {
      return Single.just(new Found<>(new Page<>(List.of(), Optional.empty())));
    }
    Position end = positions.get(positions.size() - 1);
    Optional<String> next = page.more() ? Optional.of(tokens.write(end)) : Optional.empty();
    return recent
        .entries(state.log(), page.entries())
        .map(entries -> new Found<>(new Page<>(views(state, positions, entries), next)));
  }

  private static List<MessageView> views(
      MailboxState state, List<Position> positions, Map<Long, Entry> entries) {
    return positions.stream().flatMap(position -> view(state, position, entries).stream()).toList();
  }

  private static Optional<MessageView> view(
      MailboxState state, Position position, Map<Long, Entry> entries) {
    return MessageViews.view(state, position, MessageViews.action(entries, position));
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

  private static OptionalInt messageOrdinal(MailboxState state, MessageId id) {
    return id.user().equals(state.log().user())
        ? state.messages().at(id.position())
        : OptionalInt.empty();
  }

  private static OptionalInt threadOrdinal(MailboxState state, MessageId id) {
    ThreadState thread = state.threads().at(id.position());
    return thread != null && id.user().equals(state.user())
        ? OptionalInt.of(thread.ordinal())
        : OptionalInt.empty();
  }
}
