package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.cell.v1.PulseResponse;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.ring.Ring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CellPulsesTest {
  /** A node that says nothing is given up after this. */
  private static final long MOMENT_MILLIS = 900;

  private final TestScheduler scheduler = new TestScheduler();
  private final Map<Endpoint, PulseResponse> answering = new HashMap<>();
  private final List<Endpoint> asked = new ArrayList<>();
  private Ring west = Ring.EMPTY;
  private Optional<String> ownTrouble = Optional.empty();
  private final CellPulses pulses =
      new CellPulses(
          new CellPulses.Cells(
              () -> List.of(Cell.sharing(1, "east", 1), Cell.sharing(2, "west", 1)),
              cell -> cell.equals("west") ? west : Ring.EMPTY),
          new CellPulses.Own("east", () -> ownTrouble),
          this::answer,
          new Random(7));

  private Single<PulseResponse> answer(Endpoint node) {
    return Single.defer(
        () -> {
          asked.add(node);
          PulseResponse answer = answering.get(node);
          return answer == null
              ? Single.<PulseResponse>error(new TimeoutException())
                  .delaySubscription(MOMENT_MILLIS, TimeUnit.MILLISECONDS, scheduler)
              : Single.just(answer);
        });
  }

  @Test
  void oneNodeOfAWellCellShouldBeAskedEachSecond() {
    westHas(3);
    all(true);

    pass(10_000);

    assertThat(asked).hasSize(10);
    assertThat(asked.stream().distinct()).hasSizeGreaterThan(1);
    assertThat(pulses.silence("west")).isEmpty();
    assertThat(pulses.trouble("west")).isEmpty();
  }

  @Test
  void aCellShouldNotBeSilentWhileOneOfItsNodesAnswers() {
    for (int nodes = 2; nodes <= 4; nodes++) {
      westHas(nodes);
      answering.clear();
      answering.put(node(1).grpc(), well(true));
      for (int second = 0; second < 60; second++) {
        pass(1_000);
        assertThat(pulses.silence("west")).as("%d nodes, after %d s", nodes, second).isEmpty();
      }
    }
  }

  @Test
  void aCellShouldBeSilentWhenSeveralNodesDoNotAnswer() {
    westHas(2);

    pass(1_000 + 2 * MOMENT_MILLIS);

    assertThat(asked).contains(node(1).grpc(), node(2).grpc());
    assertThat(pulses.silence("west")).hasValueSatisfying(why -> assertThat(why).contains("west"));
    answering.put(node(2).grpc(), well(true));
    pass(2_000);
    assertThat(pulses.silence("west")).isEmpty();
  }

  @Test
  void theOnlyNodeShouldMissTwoAnswers() {
    westHas(1);

    pass(1_000 + MOMENT_MILLIS);
    assertThat(pulses.silence("west")).isEmpty();
    pass(1_000);
    assertThat(pulses.silence("west")).isPresent();
  }

  @Test
  void aLargeCellShouldNotBeAskedAsAWhole() {
    westHas(40);

    pass(1_000 + 2 * MOMENT_MILLIS);

    assertThat(asked.stream().distinct().count()).isBetween(4L, 8L);
    assertThat(pulses.silence("west")).isPresent();
  }

  @Test
  void troubleOfOneNodeShouldNotBeItsCells() {
    westHas(2);
    answering.put(node(1).grpc(), well(false));
    answering.put(node(2).grpc(), well(true));
    for (int second = 0; second < 30; second++) {
      pass(1_000);
      assertThat(pulses.trouble("west")).as("after %d s", second).isEmpty();
    }

    all(false);
    pass(1_000);
    assertThat(pulses.trouble("west")).isPresent();
    assertThat(pulses.silence("west")).isEmpty();

    all(true);
    pass(1_000);
    assertThat(pulses.trouble("west")).isEmpty();
  }

  @Test
  void aCellWithoutNodesShouldStayAsItWasLastSeen() {
    westHas(1);
    all(true);
    pass(1_000);

    west = Ring.EMPTY;
    pass(10_000);

    assertThat(asked).hasSize(1);
    assertThat(pulses.silence("west")).isEmpty();
  }

  @Test
  void theOwnCellShouldNotBeAsked() {
    ownTrouble = Optional.of("storage does not answer");

    pass(3_000);

    assertThat(asked).isEmpty();
    assertThat(pulses.trouble("east")).isEqualTo(ownTrouble);
    assertThat(pulses.silence("east")).isEmpty();
  }

  private boolean started;

  private void pass(long millis) {
    if (!started) {
      started = true;
      var unused = pulses.start(scheduler);
    }
    scheduler.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
  }

  private void westHas(int nodes) {
    List<NodeInfo> infos = new ArrayList<>();
    for (int number = 1; number <= nodes; number++) {
      infos.add(node(number));
    }
    west = new Ring(west.version() + 1, infos);
  }

  private void all(boolean well) {
    west.nodes().forEach(node -> answering.put(node.grpc(), well(well)));
  }

  private static PulseResponse well(boolean well) {
    return PulseResponse.newBuilder().setWell(well).build();
  }

  private static NodeInfo node(int number) {
    return new NodeInfo(
        "w" + number,
        NodeState.UP,
        List.of((long) number),
        new Endpoint("127.0.0.1", number),
        new Incarnation(1, number));
  }
}
