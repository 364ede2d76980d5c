package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.PageRequest;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;
import io.tributary.store.HBaseSnapshotStore;
import io.tributary.store.RowKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sees each change of what is kept of snapshots: in its place a newer one is never replaced by an
 * older one, the newest covers what was committed and nothing else, and with the log behind it
 * gives what a full replay gives.
 */
final class SnapshotWatch {
  private static final int PIECE_OFFSET = 12;
  private static final int TIMESTAMP_OFFSET = 1;

  private final World world;
  private final Map<UserId, Long> newest = new HashMap<>();
  private final Map<RowKey, Long> manifests = new HashMap<>();

  SnapshotWatch(World world) {
    this.world = world;
  }

  /** What stands there is read at once: these rows never make anybody wait. */
  private long newestIn(LogId log) {
    AtomicLong found = new AtomicLong();
    Disposable unused =
        snapshots().newestFirst(log).map(Snapshot::entry).first(0L).subscribe(found::set);
    return found.get();
  }

  /** Something was written or removed. */
  void changed(SimulatedUser user, RowKey row) {
    if (ByteBuffer.wrap(row.key().unsafeArray()).getShort(PIECE_OFFSET) == 0) {
      world.hbase().get(row).ifPresent(manifest -> placed(user, row, manifest));
    }
    long before = newest.getOrDefault(user.id(), 0L);
    long now = newestIn(new LogId(user.id(), user.mailbox().generation()));
    long committed = world.watch().tale(user.id()).entry();
    if (now > committed) {
      world.violation("snapshot " + now + " of " + user.name() + " ahead of entry " + committed);
    }
    if (now != before) {
      newest.put(user.id(), now);
      compare(user);
    }
  }

  private void placed(SimulatedUser user, RowKey row, Bytes manifest) {
    long timestamp = ByteBuffer.wrap(manifest.unsafeArray()).getLong(TIMESTAMP_OFFSET);
    Long before = manifests.put(row, timestamp);
    if (before != null && before > timestamp) {
      world.violation("a newer snapshot of " + user.name() + " was replaced by an older one");
    }
  }

  private SnapshotStore snapshots() {
    return new HBaseSnapshotStore(new CalmRows(world.hbase()), World.NAMESPACE);
  }

  private void compare(SimulatedUser user) {
    MailboxLinks replaying = MailboxLinks.withoutOutbox(world.logs());
    MailboxLinks restoring =
        new MailboxLinks(
            replaying.log(), snapshots(), replaying.owed(), replaying.courier(), replaying.live());
    if (!shown(user.mailbox(), restoring).equals(shown(user.mailbox(), replaying))) {
      world.violation("snapshot of " + user.name() + " is not what replay gives");
    }
  }

  private List<Object> shown(MailboxRef mailbox, MailboxLinks links) {
    Life life = new Life(world.time(), 0);
    Stamps stamps = new Stamps(new Incarnation(0, 0));
    MailboxLimits defaults = MailboxLimits.DEFAULT;
    MailboxShard shard =
        new MailboxShard(
            links,
            new MailboxEnvironment(life, life.clock(), stamps, world.chance().random()),
            new MailboxLimits(Duration.ofSeconds(10), defaults.queue(), defaults.shard(), 0),
            MailboxObserver.NONE);
    PageRequest page = PageRequest.first(PageRequest.SIZE_MAX);
    List<Object> shown = new ArrayList<>();
    look(shard.stats(mailbox), shown);
    look(shard.listThreads(mailbox, page, Freshness.COMMITTED), shown);
    look(shard.contacts(mailbox, page), shown);
    look(
        shard.listMessages(
            mailbox, Optional.empty(), MailboxReader.WITH_DELETED, page, Freshness.COMMITTED),
        shown);
    return shown;
  }

  private static void look(Single<?> read, List<Object> shown) {
    var unused = read.subscribe(outcome -> shown.add(outcome));
  }
}
