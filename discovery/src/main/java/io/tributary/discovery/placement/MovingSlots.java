package io.tributary.discovery.placement;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.message.Bytes;
import io.tributary.records.v1.MovingSlotRecord;
import io.tributary.records.v1.SlotStatesRecord;
import java.util.Map;
import java.util.TreeMap;

/** What stands behind the slots of a slot table: which of them go to another cell, by number. */
final class MovingSlots {
  private static final int CELL_MAX = 0xFFFF;

  private MovingSlots() {}

  /** Nothing for none. */
  static byte[] write(Map<Integer, Integer> moving) {
    SlotStatesRecord.Builder states = SlotStatesRecord.newBuilder();
    new TreeMap<>(moving)
        .forEach(
            (slot, cell) ->
                states.addMoving(MovingSlotRecord.newBuilder().setSlot(slot).setTo(cell)));
    return states.build().toByteArray();
  }

  /**
   * @throws IllegalArgumentException for anything that {@link #write} can't have made
   */
  static Map<Integer, Integer> read(Bytes bytes, int from) {
    Map<Integer, Integer> moving = new TreeMap<>();
    for (MovingSlotRecord each : states(bytes, from).getMovingList()) {
      boolean known = each.getSlot() >= 0 && each.getSlot() < Slot.COUNT;
      boolean cell = each.getTo() >= 0 && each.getTo() <= CELL_MAX;
      if (!known || !cell) {
        throw new IllegalArgumentException(
            "no slot " + each.getSlot() + " goes to cell " + each.getTo());
      }
      moving.put(each.getSlot(), each.getTo());
    }
    return moving;
  }

  private static SlotStatesRecord states(Bytes bytes, int from) {
    try {
      SlotStatesRecord states =
          SlotStatesRecord.parseFrom(
              UnsafeByteOperations.unsafeWrap(bytes.unsafeArray(), from, bytes.length() - from));
      if (states.getFormat() != 0) {
        throw new IllegalArgumentException(
            "a slot table of format " + states.getFormat() + " that a newer version wrote");
      }
      return states;
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalArgumentException("a slot table with something behind it", damaged);
    }
  }
}
