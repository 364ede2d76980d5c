package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Completable;

/** Reads a cell's ring and the slot table anew, because someone knows newer ones. */
public interface RingRefresh {
  /** Completes when it was tried, within a second or so; never fails. */
  Completable refresh(String cell);
}
