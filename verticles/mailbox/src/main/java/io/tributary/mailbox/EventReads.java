package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.List;

/** What happened in a mailbox, read back from its log. */
final class EventReads {
  private static final int ENTRIES_MAX = 64;

  private final ShardResources shared;

  EventReads(ShardResources shared) {
    this.shared = shared;
  }

  /** Empty pages only where nothing lies behind {@code since}. */
  Single<ReadOutcome<EventPage>> page(MailboxState state, Position since, int max) {
    if (since.compareTo(state.head()) >= 0) {
      return Single.just(new Found<>(new EventPage(List.of(), state.head(), state.head())));
    }
    Position next = new Position(since.value() + 1);
    // positions are not dense: the entry may end at since
    long first = Math.max(1, Math.min(next.entry(), state.entry()));
    return read(state, since, first, max)
        .flatMap(
            page ->
                page.upTo().equals(since) ? read(state, since, first + 1, max) : Single.just(page))
        .map(Found::new);
  }

  private Single<EventPage> read(MailboxState state, Position since, long first, int max) {
    int entries = Math.min(max + 1, ENTRIES_MAX);
    return shared
        .untilDeadline(shared.log().read(state.log(), first, entries))
        .map(stored -> new Filling(state, since, max).fill(stored));
  }

  /** One page while it fills. */
  private static final class Filling {
    private final MailboxState state;
    private final Position head;
    private final Position since;
    private final int max;
    private final List<LiveEvent> events = new ArrayList<>();
    private Position upTo;
    private int actions;
    private long bytes;

    Filling(MailboxState state, Position since, int max) {
      this.state = state;
      this.head = state.head();
      this.since = since;
      this.max = max;
      this.upTo = since;
    }

    EventPage fill(List<StoredEntry> stored) {
      for (StoredEntry each : stored) {
        boolean committed = each.number() <= state.entry();
        if (committed && !take(each.number(), EntryCodec.decode(each.bytes().unsafeArray()))) {
          break;
        }
      }
      return new EventPage(events, upTo, head);
    }

    /** Whether there is room for more. */
    private boolean take(long number, Entry entry) {
      for (int index = 0; index < entry.actions().size(); index++) {
        Position position = Position.of(number, index);
        if (position.compareTo(since) > 0 && !take(position, entry.actions().get(index))) {
          return false;
        }
      }
      return true;
    }

    private boolean take(Position position, RecordedAction recorded) {
      long more =
          recorded
              .payload()
              .map(payload -> EntryCodec.payloadBytesMax(payload) - payload.raw().length())
              .orElse(0L);
      if (actions == max || (actions > 0 && bytes + more > MessagePage.VIEW_BYTES_MAX)) {
        return false;
      }
      LiveEvents.event(state, position, recorded).ifPresent(events::add);
      actions++;
      bytes += more;
      upTo = position;
      return true;
    }
  }
}
