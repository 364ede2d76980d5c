package io.tributary.codecs.log;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.message.Position;
import java.util.List;

/**
 * One row of a mailbox's log, decoded.
 *
 * @param actions 1 to 256; an action's index is its place here
 */
public record Entry(Stamp stamp, List<RecordedAction> actions) {
  public Entry {
    actions = List.copyOf(actions);
    if (actions.isEmpty() || actions.size() > Position.ACTIONS_PER_ENTRY_MAX) {
      throw new IllegalArgumentException("an entry holds 1 to 256 actions, not " + actions.size());
    }
  }
}
