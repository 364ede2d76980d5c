package io.tributary.mailbox;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action.Settled;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Unresolved.Member;
import io.tributary.mailbox.Unresolved.Members;
import io.tributary.storage.FrozenEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next entry of a mailbox's log from what waits, oldest first, and from what the outbox
 * has settled.
 */
final class EntryMaking {
  private static final Logger LOG = LoggerFactory.getLogger(EntryMaking.class);

  private final ShardResources shared;
  private final MailboxState committed;
  private final WorkQueue queue;
  private final Outbox outbox;

  EntryMaking(ShardResources shared, MailboxState committed, WorkQueue queue, Outbox outbox) {
    this.shared = shared;
    this.committed = committed;
    this.queue = queue;
    this.outbox = outbox;
  }

  /**
   * Answers what committed state answers, takes as much of the rest as fits and freezes its entry;
   * empty if nothing is left. What the entry holds already goes on waiting for that outcome.
   */
  Optional<Unresolved> make() {
    Decisions decisions = new Decisions(committed, shared.nowMillis());
    List<Settlement> settlements = outbox.takeSettlements();
    List<Member> callers = new ArrayList<>();
    long bytes = EntryCodec.HEADER_BYTES + settle(settlements, decisions);
    Iterator<Pending<?>> waiting = queue.waiting();
    while (waiting.hasNext() && decisions.actions().size() < Position.ACTIONS_PER_ENTRY_MAX) {
      Pending<?> next = waiting.next();
      if (!queue.settleByState(next, waiting) && !decisions.holds(next.identity())) {
        bytes += next.bytesMax();
        boolean apart = next.alone() && !decisions.actions().isEmpty();
        if (bytes > FrozenEntry.BYTES_MAX || apart) {
          break;
        }
        waiting.remove();
        callers.add(new Member(next, decisions.next()));
        next.decide(decisions);
        decisions.note(next.identity());
        if (next.alone()) {
          break;
        }
      }
    }
    return decisions.actions().isEmpty()
        ? Optional.empty()
        : freeze(decisions.actions(), new Members(callers, settlements));
  }

  /** At most what it adds to the entry. */
  private static long settle(List<Settlement> settlements, Decisions decisions) {
    if (settlements.isEmpty()) {
      return 0;
    }
    decisions.add(new Settled(settlements));
    return EntryCodec.bytesMax(decisions.actions().get(0));
  }

  /** Reads back what it wrote: what stands in a log unreadable stands there for ever. */
  private Optional<Unresolved> freeze(List<RecordedAction> actions, Members members) {
    try {
      long number = committed.entry() + 1;
      Stamp stamp = shared.environment().stamps().next();
      byte[] bytes = EntryCodec.encode(new Entry(stamp, actions));
      Entry entry = EntryCodec.decode(bytes);
      committed.check(number, entry);
      FrozenEntry frozen = new FrozenEntry(committed.log(), number, stamp, Bytes.ofOwned(bytes));
      Instant now = shared.environment().clock().instant();
      return Optional.of(new Unresolved(frozen, entry, members, now));
    } catch (UnreadableEntryException | BrokenLogException | IllegalArgumentException e) {
      LOG.error("event=mailbox.unwritable user={}", committed.log().user(), e);
      members.callers().forEach(member -> queue.retry(member.pending(), "internal error"));
      return Optional.empty();
    }
  }
}
