package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.discovery.membership.Endpoint;

/** Calls to other nodes. Safe for any thread. */
public interface NodeCalls {
  /**
   * What the node answers. Signals {@link NotNowException} if it does not, in time; what was asked
   * for may have been done all the same.
   */
  Single<AskResponse> ask(Endpoint node, AskRequest question);
}
