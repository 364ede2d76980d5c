package io.tributary.discovery.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacementTest {
  private static final Cell EAST = Cell.sharing(1, "east", 3);
  private static final Cell WEST = Cell.sharing(0xFFFF, "west", 1);
  private static final Cell FULL = Cell.sharing(2, "full", 0);
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
    Location location =
        new MemoryLocator(() -> map, name -> name.equals("east") ? ring() : Ring.EMPTY)
            .locate(USER);
    assertThat(location.cell()).isEqualTo(MemoryLocator.UNKNOWN_CELL);
    assertThat(location.node()).isEmpty();
  }

  @Property(tries = 50)
  void slotsShouldBeSharedByWeightAndInterleaved(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1_000) Integer> weights) {
    Assume.that(weights.stream().anyMatch(weight -> weight > 0));
    List<Cell> cells =
        IntStream.range(0, weights.size())
            .mapToObj(i -> Cell.sharing(i + 1, "c" + i, weights.get(i)))
            .toList();
    long total = weights.stream().mapToLong(weight -> weight).sum();
    SlotTable table = SlotTable.spread(cells, 0);
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = quarter * Slot.COUNT / 4;
      for (Cell cell : cells) {
        long slots =
            IntStream.range(from, from + Slot.COUNT / 4)
                .filter(slot -> table.cellOf(new Slot(slot)) == cell.number())
                .count();
        assertThat(slots)
            .isCloseTo(Slot.COUNT / 4 * (long) cell.weight() / total, within(2L * cells.size()));
      }
    }
  }

  @Test
  void slotsShouldNotBeSharedByCellsThatTakeNobody() {
    assertThatThrownBy(() -> SlotTable.spread(List.of(FULL), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "East",
        "a b",
        "c/1",
        "zürich",
        "..",
        "c1\n",
        "a23456789012345678901234567890123"
      })
  void aCellsNameShouldBePlain(String name) {
    assertThatThrownBy(() -> Cell.sharing(1, name, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 32 of a-z");
  }

  @Property(tries = 100)
  void everySlotShouldBeReadBackWhereItWasWritten(
      @ForAll @IntRange(max = 65_535) int slot, @ForAll @IntRange(max = 65_535) int cell) {
    assertThat(SlotTable.allOn(1, 0).with(new Slot(slot), cell).cellOf(new Slot(slot)))
        .isEqualTo(cell);
  }

  private static Location locate(String ownCell, Pins pins) {
    CellMap map = new CellMap(SlotTable.allOn(EAST.number(), 5), pins, List.of(EAST, WEST));
    return new MemoryLocator(() -> map, name -> name.equals(ownCell) ? ring() : Ring.EMPTY)
        .locate(USER);
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
