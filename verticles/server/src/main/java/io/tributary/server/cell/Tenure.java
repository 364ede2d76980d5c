package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.SessionState;
import io.tributary.mailbox.Ownership;
import java.util.concurrent.TimeUnit;

/** What a node may think of its right to its mailboxes, from how it stands with its cell. */
public final class Tenure {
  private static final long LOOK_MILLIS = 1_000;

  private Tenure() {}

  /**
   * Now and at each change. For a node that has joined. Looks again now and then: nothing tells
   * all.
   */
  public static Flowable<Ownership> of(Discovery discovery, Scheduler scheduler) {
    return Flowable.combineLatest(
            discovery.sessions(),
            discovery.rings(),
            Flowable.interval(0, LOOK_MILLIS, TimeUnit.MILLISECONDS, scheduler)
                .onBackpressureDrop(),
            (session, ring, look) -> now(discovery, session))
        .distinctUntilChanged();
  }

  private static Ownership now(Discovery discovery, SessionState session) {
    return switch (session) {
      case CONNECTED -> discovery.ready() ? Ownership.SURE : Ownership.UNSURE;
      case SUSPENDED -> Ownership.UNSURE;
      case LOST -> Ownership.LOST;
    };
  }
}
