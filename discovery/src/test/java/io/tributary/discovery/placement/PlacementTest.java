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
import io.tributary.records.v1.MovingSlotRecord;
import io.tributary.records.v1.SlotStatesRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
  void aMovingSlotShouldBeKeptBehindTheTableUntilItHasMoved() {
    Slot slot = new Slot(513);
    SlotTable table = SlotTable.allOn(1, 0).moving(slot, 2);

    assertThat(table.toBytes().length()).isEqualTo(SlotTable.BYTES + 7);
    SlotTable read = SlotTable.ofBytes(table.toBytes(), 7);
    assertThat(read.isMoving(slot)).isTrue();
    assertThat(read.isMoving(new Slot(514))).isFalse();
    assertThat(read.cellOf(slot)).as("until then it is where it was").isEqualTo(1);
    assertThat(read.toBytes()).isEqualTo(table.toBytes());
    SlotTable moved = read.with(slot, 2);
    assertThat(moved.isMoving(slot)).isFalse();
    assertThat(moved.cellOf(slot)).isEqualTo(2);
    assertThat(moved.toBytes().length()).isEqualTo(SlotTable.BYTES);
  }

  @Test
  void whatANewerVersionWritesBehindTheTableShouldBeRefused() {
    byte[] table = SlotTable.allOn(1, 0).toBytes().toArray();
    byte[] newer = SlotStatesRecord.newBuilder().setFormat(1).build().toByteArray();
    byte[] wrong =
        SlotStatesRecord.newBuilder()
            .addMoving(MovingSlotRecord.newBuilder().setSlot(65_536).setTo(2))
            .build()
            .toByteArray();
    for (byte[] behind : List.of(newer, wrong, new byte[] {1, 2, 3})) {
      byte[] all = Arrays.copyOf(table, table.length + behind.length);
      System.arraycopy(behind, 0, all, table.length, behind.length);
      assertThatThrownBy(() -> SlotTable.ofBytes(Bytes.ofOwned(all), 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nobodyShouldBePlacedInAMovingSlotAndPinnedUsersStay() {
    UserId pinned = userIn(slot -> slot % 2 == 0);
    CellMap map =
        new CellMap(
            evenSlotsMoving(), new Pins(1, Map.of(pinned, WEST.name())), List.of(EAST, WEST));
    Placement placement = new Placement(() -> map, new Random(1));

    for (int i = 0; i < 100; i++) {
      assertThat(placement.draw().user().slot().number() % 2).isEqualTo(1);
    }
    assertThat(map.isMoving(pinned)).isFalse();
    UserId other = userIn(slot -> slot % 2 == 0 && slot != pinned.slot().number());
    MemoryLocator locator = new MemoryLocator(() -> map, cell -> Ring.EMPTY);
    assertThat(locator.isMoving(other)).isTrue();
    assertThat(locator.isMoving(pinned)).isFalse();
  }

  private static SlotTable evenSlotsMoving() {
    byte[] table = SlotTable.allOn(WEST.number(), 0).toBytes().toArray();
    byte[] states =
        MovingSlots.write(
            IntStream.range(0, Slot.COUNT / 2)
                .boxed()
                .collect(Collectors.toMap(half -> 2 * half, half -> EAST.number())));
    byte[] both = Arrays.copyOf(table, table.length + states.length);
    System.arraycopy(states, 0, both, table.length, states.length);
    return SlotTable.ofBytes(Bytes.ofOwned(both), 0);
  }

  private static UserId userIn(IntPredicate slots) {
    return LongStream.iterate(1, id -> id + 1)
        .mapToObj(UserId::new)
        .filter(user -> slots.test(user.slot().number()))
        .findFirst()
        .orElseThrow();
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
  void aCellThatNobodyServesShouldGetUsersOnlyIfNoneIsServed() {
    CellMap map = new CellMap(halves(), Pins.NONE, List.of(EAST, WEST, FULL));
    Placement west = new Placement(() -> map, "west"::equals, new SplittableRandom(1));
    Placement nobody = new Placement(() -> map, cell -> false, new SplittableRandom(1));
    for (int i = 0; i < 200; i++) {
      assertThat(west.draw().cell()).isEqualTo("west");
      assertThat(nobody.draw().cell()).isIn("east", "west");
    }
  }

  @Test
  void slotsOfCellsThatAreNotListedShouldBeTold() {
    assertThat(new CellMap(halves(), Pins.NONE, List.of(EAST, WEST, FULL)).strangers()).isEmpty();
    assertThat(new CellMap(halves(), Pins.NONE, List.of(EAST)).strangers())
        .containsExactly(WEST.number());
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
