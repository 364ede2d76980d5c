package io.tributary.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.MemoryLocator;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeReasonsTest {
  private static final UserId USER = new UserId(4_711);
  private int cellOfAllSlots = 1;
  private Ring ring = Ring.EMPTY;

  @Test
  void theTokenShouldBeNamedAndWhoDoesNotServe() {
    ring = new Ring(3, List.of(node("n1", NodeState.UP, 16), node("n2", NodeState.DRAINING, 16)));
    long token = ring.tokenOf(USER).orElseThrow();

    assertThat(NodeTokens.of("n1", 16)).contains(token);
    assertThat(reason())
        .contains("%016x".formatted(token), "%016x".formatted(USER.ringPosition()))
        .endsWith("; n2 is DRAINING");
  }

  @Test
  void aCellWhoseNodesAllLeaveShouldSaySo() {
    ring = new Ring(3, List.of(node("n1", NodeState.JOINING, 16)));

    assertThat(reason()).isEqualTo("no node of the cell is UP; n1 is JOINING");
  }

  @Test
  void processesWithoutMailboxesShouldNotCount() {
    ring = new Ring(3, List.of(node("door", NodeState.UP, 0)));

    assertThat(reason()).isEqualTo("no node of the cell is registered");
  }

  @Test
  void aCellThatIsNotListedShouldBeTold() {
    cellOfAllSlots = 9;

    assertThat(reason()).contains("slot table");
  }

  private String reason() {
    CellMap map =
        new CellMap(
            SlotTable.allOn(cellOfAllSlots, 1), Pins.NONE, List.of(Cell.sharing(1, "c1", 1)));
    var location = new MemoryLocator(() -> map, cell -> ring).locate(USER);
    return NodeReasons.of(USER, location, ring);
  }

  private static NodeInfo node(String id, NodeState state, int tokens) {
    return new NodeInfo(
        id,
        state,
        NodeTokens.of(id, tokens),
        new Endpoint("127.0.0.1", 9_090),
        new Incarnation(7, 1));
  }
}
