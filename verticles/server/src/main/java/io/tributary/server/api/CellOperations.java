package io.tributary.server.api;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.cell.CellStates;
import io.tributary.v1.CellState;
import io.tributary.v1.ListCellsRequest;
import io.tributary.v1.ListCellsResponse;
import io.tributary.v1.PinUserRequest;
import io.tributary.v1.PinUserResponse;
import io.tributary.v1.SetCellWeightRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@code AdminService} says of cells, and changes of them. Safe for any thread. */
public final class CellOperations {
  private static final int WEIGHT_MAX = 1_000;

  private final Known known;
  private final CellStates states;
  private final Accounts accounts;

  /**
   * Where users live, as this process knows it, and how that is changed.
   *
   * @param rings by cell; the empty one for a cell that isn't known
   */
  public record Known(
      Supplier<CellMap> cells,
      Function<String, Ring> rings,
      CellLocator locator,
      PlacementChanges changes) {}

  public CellOperations(Known known, CellStates states, Accounts accounts) {
    this.known = known;
    this.states = states;
    this.accounts = accounts;
  }

  public Single<ListCellsResponse> listCells(Caller caller, ListCellsRequest request) {
    caller.mustBeOperator();
    return Single.fromSupplier(this::list);
  }

  public Single<ListCellsResponse> setCellWeight(Caller caller, SetCellWeightRequest request) {
    caller.mustBeOperator();
    mustBeACell(request.getCell());
    if (request.getWeight() < 0 || request.getWeight() > WEIGHT_MAX) {
      throw Refusal.invalid(new Field("weight"), "is 0 to " + WEIGHT_MAX);
    }
    mustMakeSense(known.cells().get(), request);
    return whileReachable(known.changes().weigh(request.getCell(), request.getWeight()))
        .andThen(Single.fromSupplier(this::list));
  }

  private static void mustMakeSense(CellMap map, SetCellWeightRequest request) {
    String cell = request.getCell();
    if (request.getWeight() > 0 && map.slotsOf(cell) == 0) {
      throw Refusal.unfit("cell '%s' has no slots, so no user can live there".formatted(cell));
    }
    if (!map.weighed(cell, request.getWeight()).takesNewUsers()) {
      throw Refusal.unfit("cell '%s' is the only one that takes new users".formatted(cell));
    }
  }

  private void mustBeACell(String name) {
    if (known.cells().get().cells().stream().noneMatch(cell -> cell.name().equals(name))) {
      throw noSuchCell(name);
    }
  }

  static Refusal noSuchCell(String name) {
    return Refusal.notFound("there is no cell '%s'".formatted(name));
  }

  public Single<PinUserResponse> pinUser(Caller caller, PinUserRequest request) {
    caller.mustBeOperator();
    return accounts
        .visible(caller, new Field("user"), request.getUser())
        .flatMap(account -> pin(account, request.getCell()));
  }

  private Single<PinUserResponse> pin(UserAccount account, String cell) {
    String lives = known.locator().locate(account.id()).cell();
    if (cell.isEmpty()) {
      mustLieThere(account, lives);
    } else {
      mustLiveThere(cell, lives);
    }
    Completable change =
        cell.isEmpty()
            ? known.changes().unpin(account.id())
            : known.changes().pin(account.id(), cell);
    return whileReachable(change)
        .toSingleDefault(PinUserResponse.newBuilder().setCell(lives).build());
  }

  private void mustLieThere(UserAccount account, String lives) {
    String ofSlot = known.cells().get().cellOf(account.id().slot()).orElse("");
    if (!ofSlot.equals(lives)) {
      throw Refusal.unfit(
          "the user's mailbox is in cell '%s' by their pin, while their slot lies on '%s': they can't be moved there yet"
              .formatted(lives, ofSlot));
    }
  }

  private void mustLiveThere(String cell, String lives) {
    mustBeACell(cell);
    if (!cell.equals(lives)) {
      throw Refusal.unfit(
          "the user's mailbox is in cell '%s' and can't be moved yet: a pin keeps users where they are"
              .formatted(lives));
    }
  }

  private static Completable whileReachable(Completable change) {
    return change.onErrorResumeNext(
        failure ->
            Completable.error(
                failure instanceof ClusterUnavailableException
                    ? Refusal.retry("the cells' ZooKeeper does not answer")
                    : failure instanceof IllegalArgumentException
                        ? Refusal.unfit(String.valueOf(failure.getMessage()))
                        : failure));
  }

  private ListCellsResponse list() {
    CellMap map = known.cells().get();
    Map<Integer, Integer> slots = map.slots().slotsPerCell();
    ListCellsResponse.Builder list =
        ListCellsResponse.newBuilder().setTableVersion(map.slots().version());
    map.cells().stream()
        .sorted(Comparator.comparingInt(Cell::number))
        .forEach(cell -> list.addCells(state(cell, slots.getOrDefault(cell.number(), 0))));
    return list.build();
  }

  private CellState state(Cell cell, int slots) {
    Ring ring = known.rings().apply(cell.name());
    String name = cell.name();
    return CellState.newBuilder()
        .setName(name)
        .setWeight(cell.weight())
        .setSlots(slots)
        .setRingVersion(ring.version())
        .setNodes(Math.toIntExact(serving(ring)))
        .setZookeeper(cell.zookeeper())
        .setTrouble(states.silence(name).or(() -> states.trouble(name)).orElse(""))
        .build();
  }

  private static long serving(Ring ring) {
    return ring.nodes().stream()
        .filter(node -> node.state() == NodeState.UP && !node.tokens().isEmpty())
        .count();
  }
}
