package io.tributary.simulation;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import java.util.List;
import java.util.Optional;

/** The creation of accounts, as far as the mailbox meets it: the one writer of first entries. */
final class AccountOpening {
  private final World world;
  private final Life life;
  private final ActionLog log;
  private final Stamps stamps;

  AccountOpening(World world) {
    this.world = world;
    this.life = new Life(world.time(), 0);
    SimulatedRows rows = new SimulatedRows(world, life, world.scale().callDeadlineMicros());
    this.log = world.log(rows, world.committer(rows, life), life);
    this.stamps = new Stamps(Incarnation.draw(world.chance().random()));
  }

  /** All first entries carry it. */
  Incarnation writer() {
    return stamps.incarnation();
  }

  void openAfter(long micros, SimulatedUser user) {
    FrozenEntry first = first(user, stamps.next());
    world.time().after(micros, () -> offer(first));
  }

  private void offer(FrozenEntry first) {
    Disposable unused = log.append(first).subscribe(result -> answered(first, result));
  }

  private void answered(FrozenEntry first, AppendResult result) {
    if (result instanceof AppendResult.Appended) {
      world.trace().note("opened " + first.log().user());
    } else if (result instanceof AppendResult.SequenceTaken) {
      world.violation("somebody else wrote the first entry of " + first.log());
    } else {
      world.time().after(500 * VirtualTime.MILLISECOND, () -> offer(first));
    }
  }

  private FrozenEntry first(SimulatedUser user, Stamp stamp) {
    Action opened = new Action.Opened(1, "c1", "user", user.addresses());
    RecordedAction recorded =
        new RecordedAction(life.clock().millis(), Optional.empty(), opened, Optional.empty());
    byte[] bytes = EntryCodec.encode(new Entry(stamp, List.of(recorded)));
    return new FrozenEntry(user.log(), 1, stamp, Bytes.ofOwned(bytes));
  }
}
