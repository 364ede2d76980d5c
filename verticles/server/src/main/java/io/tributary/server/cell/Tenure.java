package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.ring.Ring;
import io.tributary.mailbox.Ownership;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a node may think of its right to its mailboxes, from how it stands with its cell.
 *
 * <p>Mailboxes change hands by rings alone. So a session that is over, or is thought to be, takes
 * nothing away: without ZooKeeper nobody writes a ring. The node asks the log at each read until it
 * knows the ring again, and that says whether others have served in its place.
 */
public final class Tenure {
  private static final long LOOK_MILLIS = 1_000;

  private Tenure() {}

  /**
   * Now and at each change; {@link Ownership#LOST} when others have served, until the next look.
   * For a node that has joined. Looks again now and then: nothing tells all.
   */
  public static Flowable<Ownership> of(Discovery discovery, Scheduler scheduler) {
    return Flowable.combineLatest(
            discovery.sessions(),
            discovery.rings(),
            Flowable.interval(0, LOOK_MILLIS, TimeUnit.MILLISECONDS, scheduler)
                .onBackpressureDrop(),
            (session, ring, look) -> new Look(session, ring))
        .scanWith(
            () -> new View(discovery.ring(), Ownership.SURE),
            (view, look) -> view.next(look, discovery))
        .map(View::is)
        .distinctUntilChanged();
  }

  /**
   * With each ring, the users whose mailboxes others may have served since the one before. What is
   * known of them may be old.
   */
  public static Flowable<Predicate<UserId>> handovers(Discovery discovery, String node) {
    return discovery
        .rings()
        .buffer(2, 1)
        .filter(rings -> rings.size() == 2)
        .map(rings -> handover(node, rings.get(0), rings.get(1)));
  }

  /** Of rings between the two that nobody has seen, nothing is known. */
  static Predicate<UserId> handover(String node, Ring before, Ring now) {
    boolean all = now.version() != before.version() + 1 && !now.equals(before);
    return user -> all || !servedBy(node, before, user) || !servedBy(node, now, user);
  }

  private static boolean servedBy(String node, Ring ring, UserId user) {
    return ring.ownerOf(user).map(owner -> owner.id().equals(node)).orElse(true);
  }

  private record Look(SessionState session, Ring ring) {}

  private record View(Ring ring, Ownership is) {
    View next(Look look, Discovery discovery) {
      if (isLost(ring, look.ring, discovery.self())) {
        return new View(look.ring, Ownership.LOST);
      }
      boolean sure = look.session == SessionState.CONNECTED && discovery.ready();
      return new View(look.ring, sure ? Ownership.SURE : Ownership.UNSURE);
    }
  }

  /**
   * Whether others have served all that was this node's: a ring without it, which it did not ask
   * for, or a new life and a ring between that it has not seen.
   */
  static boolean isLost(Ring before, Ring now, Optional<NodeInfo> self) {
    if (self.isEmpty() || self.get().state() == NodeState.DRAINING || now.equals(before)) {
      return false;
    }
    String node = self.get().id();
    Optional<NodeInfo> then = serving(before, node);
    Optional<NodeInfo> since = serving(now, node);
    boolean newLife =
        then.isPresent()
            && since.isPresent()
            && !since.get().incarnation().equals(then.get().incarnation());
    boolean gone = then.isPresent() && since.isEmpty();
    boolean unseen = newLife && now.version() != before.version() + 1;
    return (gone || unseen) && (othersIn(before, node) || othersIn(now, node));
  }

  private static Optional<NodeInfo> serving(Ring ring, String node) {
    return ring.nodes().stream()
        .filter(each -> each.id().equals(node) && each.state() == NodeState.UP)
        .findFirst();
  }

  private static boolean othersIn(Ring ring, String node) {
    return ring.nodes().stream()
        .anyMatch(each -> !each.id().equals(node) && each.state() == NodeState.UP);
  }
}
