package io.tributary.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.Tributary;
import io.tributary.cli.shell.ShellOutput;
import io.tributary.v1.AdminServiceGrpcService;
import io.tributary.v1.DrainNodeResponse;
import io.tributary.v1.ListNodesResponse;
import io.tributary.v1.NodeLoad;
import io.tributary.v1.NodeStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandsTest {
  private static final NodeStatus ONE = node("n1", "life1");
  private static final NodeStatus OTHER =
      node("n2", "life2").toBuilder().clearLoad().setState("JOINING").build();

  @TempDir Path folder;
  private final ShellOutput shell = new ShellOutput(Map.of());
  private FakeServer server;
  private boolean gone;
  private boolean only;

  /** What is listed, one answer after the other; the last one again and again. */
  private final Deque<List<NodeStatus>> listings = new ArrayDeque<>();

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    server.answer(AdminServiceGrpcService.ListNodes, asked -> List.of(listing()));
    server.answer(AdminServiceGrpcService.DrainNode, asked -> List.of(drained(asked.getNode())));
  }

  private DrainNodeResponse drained(String node) {
    if (only) {
      throw new FakeServer.Refused(GrpcStatus.FAILED_PRECONDITION, "the only one");
    }
    return DrainNodeResponse.newBuilder()
        .setNode(node.isEmpty() ? "n1" : node)
        .setIncarnation(node.isEmpty() ? "life1" : "life2")
        .setAsked(node.isEmpty())
        .build();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void nodesShouldBeListedWithWhatTheySayOfThemselves() {
    listings.add(List.of(ONE, OTHER));

    assertThat(run("node", "list")).isZero();

    assertThat(shell.out().lines().toList())
        .hasSize(4)
        .first()
        .isEqualTo("cell c1, ring version 7");
    assertThat(shell.out().lines().toList().get(2).split(" {2,}"))
        .containsExactly(
            "n1", "UP", "50.0%", "256", "12.5", "3 ms", "100/768 MiB", "h:1", "life1", "0.1.0");
    assertThat(shell.out().lines().toList().get(3).split(" {2,}"))
        .containsExactly("n2", "JOINING", "50.0%", "256", "-", "-", "-", "h:1", "life2", "-");
  }

  @Test
  void nodesShouldBeListedAsOneJsonObjectALine() {
    listings.add(List.of(ONE, OTHER));

    assertThat(run("node", "list", "--json")).isZero();

    List<JsonObject> lines = shell.out().lines().map(JsonObject::new).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).getJsonObject("load").getDouble("requestsPerSecond")).isEqualTo(12.5);
    assertThat(lines.get(0).getString("cell")).isEqualTo("c1");
    assertThat(lines.get(1).containsKey("load")).isFalse();
  }

  @Test
  void drainShouldWaitUntilThatLifeOfTheNodeHasGone() {
    listings.add(List.of(ONE, OTHER));
    listings.add(List.of(ONE, OTHER));
    listings.add(List.of(ONE, node("n2", "life3")));

    assertThat(run("node", "drain", "n2")).isZero();

    assertThat(shell.out()).isEqualTo("node n2 has left\n");
    assertThat(listings).hasSize(1);
  }

  @Test
  void drainOfTheNodeThatIsAskedShouldEndWithItsAnswers() {
    gone = true;

    assertThat(run("node", "drain")).isZero();

    assertThat(shell.out()).isEqualTo("node n1 has left\n");
  }

  @Test
  void drainShouldNotWaitForEver() {
    listings.add(List.of(ONE, OTHER));

    assertThat(run("node", "drain", "n2", "--wait-max", "1")).isEqualTo(1);

    assertThat(shell.err()).contains("node 'n2' was told to leave and has not yet");
  }

  @Test
  void drainShouldNotWaitWhereNobodyWantsThat() {
    assertThat(run("node", "drain", "n2", "--no-wait", "--json")).isZero();

    assertThat(new JsonObject(shell.out()).getString("incarnation")).isEqualTo("life2");
  }

  @Test
  void refusalsAndWrongUseShouldBeOneLine() {
    only = true;

    assertThat(run("node", "drain", "n1")).isEqualTo(1);
    assertThat(run("node", "drain", "n1", "--wait-max", "0")).isEqualTo(2);

    assertThat(shell.err()).contains("node drain: the only one", "--wait-max");
  }

  private ListNodesResponse listing() {
    if (gone) {
      throw new FakeServer.Refused(GrpcStatus.UNAVAILABLE, "gone");
    }
    List<NodeStatus> nodes = listings.size() > 1 ? listings.remove() : listings.element();
    return ListNodesResponse.newBuilder()
        .setCell("c1")
        .setRingVersion(7)
        .addAllNodes(nodes)
        .build();
  }

  private static NodeStatus node(String id, String incarnation) {
    return NodeStatus.newBuilder()
        .setNode(id)
        .setCell("c1")
        .setState("UP")
        .setAddress("h:1")
        .setTokens(256)
        .setShare(0.5)
        .setIncarnation(incarnation)
        .setLoad(
            NodeLoad.newBuilder()
                .setRequestsPerSecond(12.5)
                .setLagMillis(3)
                .setHeapUsedBytes(100 << 20)
                .setHeapMaxBytes(768 << 20)
                .setVersion("0.1.0"))
        .build();
  }

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--grpc", server.address().toString(), "--data", folder.toString()));
    return Tributary.run(shell.shell(), line.toArray(String[]::new));
  }
}
