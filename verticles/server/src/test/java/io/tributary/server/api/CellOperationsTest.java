package io.tributary.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.MemoryLocator;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.cell.CellStates;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.server.testing.Places;
import io.tributary.v1.CellState;
import io.tributary.v1.ListCellsRequest;
import io.tributary.v1.PinUserRequest;
import io.tributary.v1.SetCellWeightRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class CellOperationsTest {
  private static final Caller OPERATOR = new Caller.Operator();

  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final UserAccount carol = directory.put(3, "carol", 1);
  private final FakeChanges changes = new FakeChanges();

  /** All slots lie on east; carol is pinned to west; nothing lies on north. */
  private CellMap map =
      new CellMap(
          SlotTable.allOn(1, 4),
          new Pins(1, Map.of(carol.id(), "west")),
          List.of(
              Cell.sharing(1, "east", 100),
              Cell.sharing(2, "west", 100),
              Cell.sharing(3, "north", 0)));

  private final CellOperations cells =
      new CellOperations(
          new CellOperations.Known(
              () -> map, this::ring, new MemoryLocator(() -> map, this::ring), changes),
          new WestIsSilent(),
          new Accounts(directory));

  private Ring ring(String cell) {
    return cell.equals("north") ? Ring.EMPTY : new Ring(7, List.of(Places.node("n1")));
  }

  private record WestIsSilent() implements CellStates {
    @Override
    public Optional<String> silence(String cell) {
      return Optional.of("no answer").filter(reason -> cell.equals("west"));
    }

    @Override
    public Optional<String> trouble(String cell) {
      return Optional.empty();
    }
  }

  private static final class FakeChanges implements PlacementChanges {
    final List<String> made = new ArrayList<>();
    Completable end = Completable.complete();

    @Override
    public Completable weigh(String cell, int weight) {
      return made("weigh " + cell + " " + weight);
    }

    @Override
    public Completable pin(UserId user, String cell) {
      return made("pin " + user.value() + " " + cell);
    }

    @Override
    public Completable unpin(UserId user) {
      return made("unpin " + user.value());
    }

    private Completable made(String change) {
      return Completable.fromAction(() -> made.add(change)).andThen(end);
    }
  }

  @Test
  void cellsShouldBeListedWithWhatIsKnownOfThem() {
    var listed = cells.listCells(OPERATOR, ListCellsRequest.getDefaultInstance()).blockingGet();

    assertThat(listed.getTableVersion()).isEqualTo(4);
    assertThat(listed.getCellsList())
        .extracting(
            CellState::getName,
            CellState::getWeight,
            CellState::getSlots,
            CellState::getNodes,
            CellState::getTrouble)
        .containsExactly(
            tuple("east", 100, 65_536, 1, ""),
            tuple("west", 100, 0, 1, "no answer"),
            tuple("north", 0, 0, 0, ""));
  }

  @Test
  void weightShouldBeChangedUnlessItMakesNoSense() {
    weigh("east", 1_000);
    assertThat(changes.made).containsExactly("weigh east 1000");

    refused(() -> weigh("eats", 1), Refusal.Kind.NOT_FOUND).hasMessageContaining("'eats'");
    refused(() -> weigh("", 1), Refusal.Kind.NOT_FOUND).hasMessageContaining("''");
    refused(() -> weigh("east", -1), Refusal.Kind.INVALID).hasMessageContaining("0 to 1000");
    refused(() -> weigh("east", 1_001), Refusal.Kind.INVALID).hasMessageContaining("0 to 1000");
    refused(() -> weigh("west", 10), Refusal.Kind.UNFIT).hasMessageContaining("no slots");
    refused(() -> weigh("east", 0), Refusal.Kind.UNFIT).hasMessageContaining("only one");
    assertThat(changes.made).hasSize(1);
  }

  @Test
  void pinShouldHoldAUserWhereTheyLiveAndNowhereElse() {
    pin(alice, "east");
    pin(alice, "");
    pin(carol, "west");
    assertThat(changes.made).containsExactly("pin 1 east", "unpin 1", "pin 3 west");

    refused(() -> pin(alice, "west"), Refusal.Kind.UNFIT)
        .hasMessageContaining("'east'")
        .hasMessageContaining("can't be moved");
    refused(() -> pin(alice, "eats"), Refusal.Kind.NOT_FOUND).hasMessageContaining("'eats'");
    refused(() -> pin(carol, ""), Refusal.Kind.UNFIT)
        .hasMessageContaining("'west'")
        .hasMessageContaining("'east'");
    refused(() -> pin("nobody", "east"), Refusal.Kind.NOT_FOUND);
    refused(() -> pin("", "east"), Refusal.Kind.INVALID);
    assertThat(changes.made).hasSize(3);
  }

  @Test
  void changesThatCanNotBeMadeShouldBeTold() {
    changes.end =
        Completable.error(new ClusterUnavailableException("away", new IllegalStateException()));
    refused(() -> weigh("east", 1), Refusal.Kind.RETRY).hasMessageContaining("ZooKeeper");
    refused(() -> pin(alice, "east"), Refusal.Kind.RETRY).hasMessageContaining("ZooKeeper");

    changes.end = Completable.error(new IllegalArgumentException("somebody closed the others"));
    refused(() -> weigh("east", 1), Refusal.Kind.UNFIT).hasMessageContaining("closed the others");
  }

  @Test
  void usersShouldNotSeeNorChangeCells() {
    Caller user = new Caller.User(alice.id());

    refused(
        () -> cells.listCells(user, ListCellsRequest.getDefaultInstance()), Refusal.Kind.FORBIDDEN);
    refused(() -> weigh(user, "east", 1), Refusal.Kind.FORBIDDEN);
    refused(() -> pin(user, "alice", "east"), Refusal.Kind.FORBIDDEN);
    assertThat(changes.made).isEmpty();
  }

  private static AbstractThrowableAssert<?, ?> refused(Runnable call, Refusal.Kind kind) {
    return assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
  }

  private void weigh(String cell, int weight) {
    weigh(OPERATOR, cell, weight);
  }

  private void weigh(Caller caller, String cell, int weight) {
    var request = SetCellWeightRequest.newBuilder().setCell(cell).setWeight(weight).build();
    var unused = cells.setCellWeight(caller, request).blockingGet();
  }

  private void pin(UserAccount account, String cell) {
    pin(account.name(), cell);
  }

  private void pin(String user, String cell) {
    pin(OPERATOR, user, cell);
  }

  private void pin(Caller caller, String user, String cell) {
    var request = PinUserRequest.newBuilder().setUser(user).setCell(cell).build();
    var unused = cells.pinUser(caller, request).blockingGet();
  }
}
