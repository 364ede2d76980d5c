package io.tributary.discovery.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Location.Reason;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  private static final Cell EAST = new Cell(1, "east", 3);
  private static final Cell WEST = new Cell(0xFFFF, "west", 1);
  private static final Cell FULL = new Cell(2, "full", 0);
  private static final UserId USER = new UserId(4_711);
  private static final NodeInfo NODE =
      new NodeInfo(
          "n1",
          NodeState.UP,
          NodeTokens.of("n1", 16),
          new Endpoint("127.0.0.1", 9090),
          new Incarnation(1, 2));

  @Test
  void aSlotTableShouldComeBackAsItWent() {
    SlotTable table = halves();
    Bytes bytes = table.toBytes();
    assertThat(bytes.length()).isEqualTo(131_072);
    SlotTable read = SlotTable.ofBytes(bytes, 7);
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.version()).isEqualTo(7);
    assertThat(read.slotsPerCell()).isEqualTo(Map.of(1, 32_768, 0xFFFF, 32_768));
  }

  @Test
  void aSlotTableShouldBeBigEndianInTheOrderOfSlots() {
    Bytes bytes = SlotTable.allOn(1, 0).with(new Slot(2), 0xABCD).toBytes();
    assertThat(bytes.at(0)).isEqualTo((byte) 0);
    assertThat(bytes.at(1)).isEqualTo((byte) 1);
    assertThat(bytes.at(4)).isEqualTo((byte) 0xAB);
    assertThat(bytes.at(5)).isEqualTo((byte) 0xCD);
  }

  @Test
  void aTableOfAnotherLengthShouldBeRefused() {
    assertThatThrownBy(() -> SlotTable.ofBytes(Bytes.ofOwned(new byte[131_071]), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("131072");
  }

  @Property(tries = 300)
  void aDrawnIdShouldLieInTheCellItSays(@ForAll long seed) {
    CellMap map = new CellMap(halves(), Pins.NONE, List.of(EAST, WEST, FULL));
    Placement.Placed placed = new Placement(() -> map, new SplittableRandom(seed)).draw();
    assertThat(map.cellOf(placed.user().slot())).contains(placed.cell());
  }

  @Test
  void cellsShouldGetUsersByTheirWeightWhateverTheirSlots() {
    SlotTable mostlyWest = SlotTable.allOn(WEST.number(), 0);
    for (int slot = 0; slot < 1_000; slot++) {
      mostlyWest = mostlyWest.with(new Slot(slot), EAST.number());
    }
    CellMap map = new CellMap(mostlyWest, Pins.NONE, List.of(EAST, WEST, FULL));
    Placement placement = new Placement(() -> map, new SplittableRandom(1));
    long east =
        IntStream.range(0, 4_000).filter(i -> placement.draw().cell().equals(EAST.name())).count();
    assertThat(east).isBetween(2_850L, 3_150L); // three quarters of 4,000, five deviations
  }

  @Test
  void aCellWithoutSlotsOrWeightShouldGetNobody() {
    CellMap map =
        new CellMap(SlotTable.allOn(EAST.number(), 0), Pins.NONE, List.of(EAST, WEST, FULL));
    Placement placement = new Placement(() -> map, new SplittableRandom(1));
    IntStream.range(0, 200).forEach(i -> assertThat(placement.draw().cell()).isEqualTo("east"));
    CellMap closed = new CellMap(SlotTable.allOn(FULL.number(), 0), Pins.NONE, List.of(EAST, FULL));
    assertThatThrownBy(() -> new Placement(() -> closed, new SplittableRandom(1)).draw())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("weight");
  }

  @Test
  void aUserShouldBeLocatedByTheSlotTable() {
    Location location = locate("east", Pins.NONE);
    assertThat(location)
        .isEqualTo(
            new Location(USER.slot(), "east", 5, Reason.SLOT_TABLE, ring().ownerOf(USER), 9));
    assertThat(location.node()).contains(NODE);
  }

  @Test
  void aPinShouldGoBeforeTheSlotTable() {
    Location location = locate("east", new Pins(3, Map.of(USER, "west")));
    assertThat(location.cell()).isEqualTo("west");
    assertThat(location.reason()).isEqualTo(Reason.PIN);
    assertThat(location.reason().words()).isEqualTo("pin");
    assertThat(location.node()).isEmpty();
    assertThat(location.ringVersion()).isZero();
  }

  @Test
  void aCellNobodyKnowsYetShouldHaveNoNode() {
    CellMap map = new CellMap(SlotTable.allOn(77, 5), Pins.NONE, List.of(EAST));
    Location location = new MemoryLocator("east", () -> map, PlacementTest::ring).locate(USER);
    assertThat(location.cell()).isEqualTo(MemoryLocator.UNKNOWN_CELL);
    assertThat(location.node()).isEmpty();
  }

  @Property(tries = 100)
  void everySlotShouldBeReadBackWhereItWasWritten(
      @ForAll @IntRange(max = 65_535) int slot, @ForAll @IntRange(max = 65_535) int cell) {
    assertThat(SlotTable.allOn(1, 0).with(new Slot(slot), cell).cellOf(new Slot(slot)))
        .isEqualTo(cell);
  }

  private static Location locate(String ownCell, Pins pins) {
    CellMap map = new CellMap(SlotTable.allOn(EAST.number(), 5), pins, List.of(EAST, WEST));
    return new MemoryLocator(ownCell, () -> map, PlacementTest::ring).locate(USER);
  }

  private static Ring ring() {
    return new Ring(9, List.of(NODE));
  }

  private static SlotTable halves() {
    byte[] bytes = new byte[SlotTable.BYTES];
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      boolean east = slot % 2 == 0;
      bytes[2 * slot] = (byte) (east ? 0 : 0xFF);
      bytes[2 * slot + 1] = (byte) (east ? 1 : 0xFF);
    }
    return SlotTable.ofBytes(Bytes.ofOwned(bytes), 0);
  }
}
