package io.tributary.server.outbox;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.ring.Ring;
import java.util.stream.Stream;

/**
 * What a node owns by one ring and did not own by an earlier one.
 *
 * @param node its id
 */
record Gain(String node, Ring before, Ring now) {

  boolean holds(UserId user) {
    return holds(user.ringPosition());
  }

  /** Between two neighbouring tokens, whichever ring's, the owners are the same everywhere. */
  boolean isNothing() {
    return Stream.of(before, now)
        .flatMap(ring -> ring.nodes().stream())
        .flatMap(each -> each.tokens().stream())
        .noneMatch(this::holds);
  }

  private boolean holds(long position) {
    return owns(now, position) && !owns(before, position);
  }

  private boolean owns(Ring ring, long position) {
    return ring.ownerAt(position).map(NodeInfo::id).filter(node::equals).isPresent();
  }
}
