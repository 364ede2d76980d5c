package io.tributary.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.testing.FakeNodes;
import io.tributary.v1.DrainNodeRequest;
import io.tributary.v1.DrainNodeResponse;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetRingResponse;
import io.tributary.v1.ListNodesRequest;
import io.tributary.v1.ListNodesResponse;
import io.tributary.v1.NodeStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminOperationsTest {
  private static final Caller OPERATOR = new Caller.Operator();

  private final FakeNodes nodes = new FakeNodes();
  private final AdminOperations admin =
      new AdminOperations(new AdminOperations.Self("c1", "n1"), nodes);
  private final NodeInfo self = node("n1", NodeState.UP, 1);
  private final NodeInfo other = node("n2", NodeState.UP, 2);
  private final NodeInfo joining = node("n3", NodeState.JOINING, 3);

  @BeforeEach
  void threeNodes() {
    nodes.ring(new Ring(9, List.of(joining, other, self)));
  }

  @Test
  void nodesShouldBeListedWithTheLoadOfTheirPresentLife() {
    nodes.loads.put(self.incarnation(), load(self));
    nodes.loads.put(new Incarnation(8, 8), load(self));

    ListNodesResponse listed = list();

    assertThat(listed.getCell()).isEqualTo("c1");
    assertThat(listed.getRingVersion()).isEqualTo(9);
    assertThat(listed.getNodesList())
        .extracting(NodeStatus::getNode, NodeStatus::getState, NodeStatus::hasLoad)
        .containsExactly(
            tuple("n1", "UP", true), tuple("n2", "UP", false), tuple("n3", "JOINING", false));
    NodeStatus first = listed.getNodes(0);
    assertThat(first.getTokens()).isEqualTo(64);
    assertThat(first.getShare() + listed.getNodes(1).getShare()).isBetween(0.999, 1.001);
    assertThat(first.getIncarnation()).isEqualTo("00000000000000070000000000000001");
    assertThat(first.getLoad().getRequestsPerSecond()).isEqualTo(12.5);
    assertThat(first.getLoad().getLagMillis()).isEqualTo(3);
    assertThat(first.getLoad().getHeapUsedBytes()).isEqualTo(10);
    assertThat(first.getLoad().getHeapMaxBytes()).isEqualTo(20);
    assertThat(first.getLoad().getVersion()).isEqualTo("1.2.3");
  }

  @Test
  void nodesShouldBeListedThoughZooKeeperIsAway() {
    nodes.away(true);

    assertThat(list().getNodesList()).hasSize(3).noneMatch(NodeStatus::hasLoad);
  }

  @Test
  void namedNodeShouldBeDrainedAndWithoutANameTheOneThatIsAsked() {
    DrainNodeResponse named = drain("n2");
    DrainNodeResponse asked = drain("");

    assertThat(nodes.drained).containsExactly(other, self);
    assertThat(named.getAsked()).isFalse();
    assertThat(named.getIncarnation()).isEqualTo(other.incarnation().toString());
    assertThat(asked.getNode()).isEqualTo("n1");
    assertThat(asked.getAsked()).isTrue();
  }

  @Test
  void onlyNodeThatServesShouldNotBeDrained() {
    nodes.ring(new Ring(10, List.of(self, joining)));

    assertThatThrownBy(() -> drain("n1"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'n1' is the only one");
    assertThat(nodes.drained).isEmpty();
    drain("n3");
    assertThat(nodes.drained).containsExactly(joining);
  }

  @Test
  void strangeNodesAndOutagesShouldBeTold() {
    assertThatThrownBy(() -> drain("n9"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no node of that id in cell 'c1'");
    nodes.away(true);
    assertThatThrownBy(() -> drain("n2"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("retry later");
  }

  @Test
  void ringsOfAllCellsShouldBeShownAndAStrangeOneNamed() {
    assertThat(ring("").getCell()).isEqualTo("c1");
    assertThat(ring("c1").getNodesList()).hasSize(3);
    assertThat(ring("c2").getNodesList()).isEmpty();
    assertThatThrownBy(() -> ring("c22"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no cell 'c22'");
  }

  private GetRingResponse ring(String cell) {
    return admin.getRing(OPERATOR, GetRingRequest.newBuilder().setCell(cell).build()).blockingGet();
  }

  @Test
  void usersShouldNotSeeNorDrainNodes() {
    Caller user = new Caller.User(new UserId(1));

    assertThatThrownBy(() -> admin.listNodes(user, ListNodesRequest.getDefaultInstance()))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> admin.drainNode(user, DrainNodeRequest.getDefaultInstance()))
        .isInstanceOf(Refusal.class);
    assertThat(nodes.drained).isEmpty();
  }

  private ListNodesResponse list() {
    return admin.listNodes(OPERATOR, ListNodesRequest.getDefaultInstance()).blockingGet();
  }

  private DrainNodeResponse drain(String node) {
    DrainNodeRequest request = DrainNodeRequest.newBuilder().setNode(node).build();
    return admin.drainNode(OPERATOR, request).blockingGet();
  }

  private static NodeLoad load(NodeInfo node) {
    return new NodeLoad(node.incarnation(), 12.5, 3, new NodeLoad.Heap(10, 20), "1.2.3");
  }

  private static NodeInfo node(String id, NodeState state, long incarnation) {
    return new NodeInfo(
        id,
        state,
        NodeTokens.of(id, 64),
        new Endpoint("127.0.0.1", 9_090),
        new Incarnation(7, incarnation));
  }
}
