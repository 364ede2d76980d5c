package io.tributary.discovery.placement;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.codecs.identity.UserId;

/**
 * What an operator may change of where users live. Each change is a compare-and-set on what was
 * read just before, tried again a few times if somebody else was faster.
 *
 * <p>All signal {@link io.tributary.discovery.membership.ClusterUnavailableException}, then nothing
 * or all of it may have been done; repeat it.
 */
public interface PlacementChanges {
  /**
   * Gives a cell another part of the new users.
   *
   * <p>Signals {@link IllegalArgumentException} if there is no such cell, or if none would take
   * any.
   */
  Completable weigh(String cell, int weight);

  /** The user stays in the cell, whatever becomes of their slot. */
  Completable pin(UserId user, String cell);

  /** The user's slot decides again. */
  Completable unpin(UserId user);
}
