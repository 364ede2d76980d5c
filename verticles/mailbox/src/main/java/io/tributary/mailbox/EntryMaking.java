package io.tributary.mailbox;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.NotMine;
import io.tributary.mailbox.DeliverOutcome.Retry;
import io.tributary.storage.FrozenEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the next entry of a mailbox's log from the deliveries that wait, oldest first. */
final class EntryMaking {
  private static final Logger LOG = LoggerFactory.getLogger(EntryMaking.class);

  private final ShardResources shared;
  private final MailboxState committed;
  private final DeliveryQueue queue;

  EntryMaking(ShardResources shared, MailboxState committed, DeliveryQueue queue) {
    this.shared = shared;
    this.committed = committed;
    this.queue = queue;
  }

  /** Whether its key is committed. True whatever else the log may hold. */
  Optional<DeliverOutcome> duplicate(Pending pending) {
    return pending
        .key()
        .flatMap(key -> committed.byKey(key, shared.nowMillis()))
        .map(known -> new Duplicate(known, committed.threadOf(known)));
  }

  /** What committed state alone says of a delivery, if nothing is missing from it. */
  Optional<DeliverOutcome> settled(Pending pending) {
    Optional<DeliverOutcome> duplicate = duplicate(pending);
    boolean mine = committed.own().contains(pending.delivery().recipient().resolvedBy());
    return mine || duplicate.isPresent() ? duplicate : Optional.of(new NotMine());
  }

  /**
   * Answers what committed state answers, takes as many of the others as fit and freezes their
   * entry; empty if none is left. A delivery whose key the entry holds already goes on waiting for
   * that outcome.
   */
  Optional<Unresolved> make() {
    Decisions decisions = new Decisions(committed, shared.nowMillis());
    List<Pending> members = new ArrayList<>();
    long bytes = EntryCodec.HEADER_BYTES;
    Iterator<Pending> waiting = queue.waiting();
    while (waiting.hasNext() && members.size() < Position.ACTIONS_PER_ENTRY_MAX) {
      Pending next = waiting.next();
      Optional<DeliverOutcome> settled = settled(next);
      if (settled.isPresent()) {
        waiting.remove();
        queue.settle(next, settled.get());
      } else if (!decisions.holds(next.key())) {
        bytes += next.bytesMax();
        if (bytes > FrozenEntry.BYTES_MAX) {
          break;
        }
        waiting.remove();
        members.add(next);
        decisions.add(next.delivery(), next.payload());
      }
    }
    return members.isEmpty() ? Optional.empty() : freeze(decisions.actions(), members);
  }

  /** Reads back what it wrote: what stands in a log unreadable stands there for ever. */
  private Optional<Unresolved> freeze(List<RecordedAction> actions, List<Pending> members) {
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
      members.forEach(member -> queue.settle(member, new Retry("internal error")));
      return Optional.empty();
    }
  }
}
