package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Completable;

/** Reads the ring anew, because someone knows a newer one. */
public interface RingRefresh {
  /** Completes when it was tried, within a second or so; never fails. */
  Completable refresh();
}
