package io.tributary.server.node;

import static io.tributary.server.node.TwoCells.EAST;
import static io.tributary.server.node.TwoCells.WEST;
import static io.tributary.server.node.TwoCells.mail;
import static io.tributary.server.node.TwoCells.rcpt;
import static io.tributary.server.node.TwoCells.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.CellServiceGrpcClient;
import io.tributary.cell.v1.NotOwner;
import io.tributary.cell.v1.Nothing;
import io.tributary.server.chat.RawWebSocket;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.CellState;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.ListCellsRequest;
import io.tributary.v1.ListCellsResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.Message;
import io.tributary.v1.PinUserRequest;
import io.tributary.v1.PinUserResponse;
import io.tributary.v1.SetCellWeightRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two cells, and what happens to both when something happens to one. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TwoCells two;
  private final RunningNode east;
  private final RunningNode door;
  private final People people;

  CellsIT(HBaseProcess hbase, @TempDir Path folder) throws IOException {
    two = new TwoCells(hbase, folder);
    east = two.east;
    door = two.door;
    people = two.people;
  }

  @AfterAll
  void stop() {
    two.close();
  }

  @Test
  void everyProcessShouldServeTheUsersOfAllCells() throws IOException {
    Person alice = two.personOf(EAST);
    Person bob = two.personOf(WEST);
    for (RunningNode each : two.all()) {
      String name = "through " + each.faces().smtp();
      assertThat(mail(each, name, alice, bob)).startsWith("250");
      assertThat(mail(each, name, alice, bob)).startsWith("250");
      assertThat(whereabouts(each, alice)).isEqualTo(List.of(EAST, "cell-east", "slot table"));
      assertThat(whereabouts(each, bob)).isEqualTo(List.of(WEST, "cell-west", "slot table"));
    }
    for (RunningNode each : two.all()) {
      People seen = new People(each.grpc());
      assertThat(seen.messages(alice)).hasSize(3);
      assertThat(seen.messages(bob)).hasSize(3);
    }
  }

  /** By gRPC and as JSON, which say the same. */
  private List<String> whereabouts(RunningNode asked, Person person) {
    LocateResponse place = two.locate(asked, person);
    JsonObject json = new JsonObject(asked.json("/v1/users/" + person.name() + "/location").body());
    assertThat(json.getString("cell")).isEqualTo(place.getCell());
    assertThat(json.getString("node")).isEqualTo(place.getNode());
    assertThat(json.getInteger("slot")).isEqualTo(place.getSlot());
    assertThat(json.getString("reason")).isEqualTo(place.getReason());
    assertThat(json.getString("nodeReason")).isEqualTo(place.getNodeReason()).contains("token");
    assertThat(json.getString("ringVersion")).isEqualTo(Long.toString(place.getRingVersion()));
    assertThat(place.getRingVersion()).isPositive();
    assertThat(place.getTableVersion()).isEqualTo(two.locate(east, person).getTableVersion());
    return List.of(place.getCell(), place.getNode(), place.getReason());
  }

  @Test
  void anUnknownUserShouldBeNowhere() {
    var nobody = LocateRequest.newBuilder().setName("nobody").build();
    for (RunningNode each : two.all()) {
      Answer<LocateResponse> answer =
          each.grpc().call(DirectoryServiceGrpcClient.Locate, nobody, RunningNode.OPERATOR);
      assertThat(answer.status()).isEqualTo(GrpcStatus.NOT_FOUND);
      assertThat(each.json("/v1/users/nobody/location").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aCellWithoutNodesShouldPutItsUsersOffAndComeBack() throws IOException {
    Person alice = two.personOf(EAST);
    Person bob = two.personOf(WEST);
    assertThat(mail(door, "before", alice, bob)).startsWith("250");

    two.stopWest();
    for (RunningNode each : List.of(east, door)) {
      Await.until(SOON, "bob is put off", () -> rcpt(each, bob).startsWith("451"));
      assertThat(mail(each, "meanwhile " + each.faces().smtp(), alice)).startsWith("250");
      assertThat(two.locate(each, bob).getNode()).isEmpty();
      assertThat(two.locate(each, bob).getNodeReason()).contains("no node");
    }
    assertThat(listed().getCells(1).getNodes()).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(two.locate(door, people.person()).getCell()).as("of who is new").isEqualTo(EAST);
    }

    two.startWest();
    Await.until(SOON, "bob is back", () -> mail(door, "after", alice, bob).startsWith("250"));
    assertThat(people.messages(bob)).hasSize(2);
    assertThat(people.messages(alice)).hasSize(4);
  }

  @Test
  void aSlotTableThatNamesAnUnknownCellShouldPutOffWhoLivesThere() throws Exception {
    Person alice = two.personOf(EAST);
    Person bob = two.personOf(WEST);
    assertThat(mail(door, "before", alice, bob)).startsWith("250");
    byte[] right = two.table("slots");
    byte[] wrong = right.clone();
    wrong[2 * two.locate(door, bob).getSlot() + 1] = 77;

    two.table("slots", wrong);
    for (RunningNode each : two.all()) {
      Await.until(SOON, "bob is put off", () -> rcpt(each, bob).startsWith("451"));
      assertThat(two.locate(each, bob).getNodeReason()).contains("slot table");
      assertThat(mail(each, "meanwhile " + each.faces().smtp(), alice)).startsWith("250");
    }
    two.table("slots", "too short".getBytes(StandardCharsets.UTF_8));
    two.table("slots", right);
    for (RunningNode each : two.all()) {
      Await.until(SOON, "bob is back", () -> rcpt(each, bob).startsWith("250"));
    }
    assertThat(mail(door, "after", alice, bob)).startsWith("250");
    assertThat(people.messages(bob)).hasSize(2);
    assertThat(people.messages(alice)).hasSize(5);
  }

  @Test
  void questionsByAnotherTableVersionShouldBeAnsweredByWhoeverServes() {
    Person bob = two.personOf(WEST);
    assertThat(mail(door, "before", bob)).startsWith("250");
    LocateResponse place = two.locate(east, bob);
    GrpcCaller eastern = east.cell(two.addressOf("cell-east"));
    for (long version : new long[] {0, place.getTableVersion(), Integer.MAX_VALUE}) {
      AskRequest question =
          AskRequest.newBuilder()
              .setUser(Long.parseUnsignedLong(place.getUser().getId(), 16))
              .setGeneration(1)
              .setTableVersion(version)
              .setStats(Nothing.getDefaultInstance())
              .build();
      assertThat(ask(eastern, question).hasStats()).as("table version %d", version).isTrue();
      NotOwner told = ask(eastern, question.toBuilder().setForwarded(true).build()).getNotOwner();
      assertThat(told.getOwner()).isEqualTo("cell-west");
      assertThat(told.getTableVersion()).isEqualTo(place.getTableVersion());
    }
  }

  private static AskResponse ask(GrpcCaller node, AskRequest question) {
    return node.call(CellServiceGrpcClient.Ask, question, Optional.empty()).only();
  }

  @Test
  void messagesAndTypingShouldCrossCells() {
    Person alice = two.personOf(EAST);
    Person bob = two.personOf(WEST);
    for (RunningNode each : two.all()) {
      try (RawWebSocket phone = session(east, alice);
          RawWebSocket tablet = session(each, bob)) {
        phone.say(
            "{\"type\":\"send\",\"id\":\"%s\",\"to\":[\"%s\"],\"text\":\"hi\"}"
                .formatted(each.faces().http().port(), bob.name()));
        assertThat(tablet.readType("message")).contains("\"hi\"");
        String sent = phone.readType("sent");
        String thread = new JsonObject(sent).getJsonObject("message").getString("thread");
        phone.say("{\"type\":\"typing\",\"thread\":\"%s\",\"on\":true}".formatted(thread));
        assertThat(tablet.readType("typing")).contains("chat:" + alice.name());
      }
    }
  }

  @Test
  void aCellWhoseStorageDiesShouldBeAwayAloneAndComeBack() throws IOException {
    Person alice = two.personOf(EAST);
    Person bob = two.personOf(WEST);
    Person[] fifty = Stream.generate(people::person).limit(50).toArray(Person[]::new);
    assertThat(mail(door, "before", alice, bob)).startsWith("250");

    two.westHBase.kill();
    assertThat(mail(door, "to fifty", fifty)).startsWith("451");
    Await.until(SOON, "bob's mail is put off", () -> rcpt(east, bob).startsWith("451"));
    Await.until(SOON, "at the door too", () -> rcpt(door, bob).startsWith("451"));
    List<String> refused = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      assertThat(mail(door, "meanwhile " + number, alice)).startsWith("250");
      assertThat(mail(east, "also " + number, alice)).startsWith("250");
      refused.add(mail(door, "both " + number, alice, bob));
    }
    assertThat(refused).allMatch(reply -> reply.startsWith("451"));

    two.westHBase.start();
    Await.until(SOON, "bob is back", () -> mail(door, "after", alice, bob).startsWith("250"));
    assertThat(people.messages(bob))
        .extracting(Message::getSubject)
        .containsExactlyInAnyOrder("before", "after");
    assertThat(people.messages(alice)).hasSize(42);
    assertThat(mail(door, "to fifty", fifty)).startsWith("250");
    for (Person each : fifty) {
      assertThat(people.messages(each)).hasSize(1);
    }
  }

  @Test
  void aNodeShouldNotServeAnotherCellsDataOrACellThatIsNotThere(
      HBaseProcess hbase, @TempDir Path folder) throws IOException {
    Map<String, String> west =
        Map.of("NODE_CELL", WEST, "ZOOKEEPER_CONNECT", two.sharedZooKeeper());
    assertThatThrownBy(() -> start(hbase, copyOf(two.cells, folder.resolve("a")), "stray-1", west))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("holds the data of cell 'c1'")
        .hasMessageContaining("node.cell");
    Map<String, String> lost = Map.of("ZOOKEEPER_CONNECT", hbase.zookeeper() + "/elsewhere");
    Path nothing = Files.createDirectory(folder.resolve("c")).resolve("node.yaml");
    Files.writeString(nothing, "{}\n");
    assertThatThrownBy(() -> start(hbase, nothing, "stray-3", lost))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("zookeeper.connect")
        .hasMessageContaining("/elsewhere belongs to none")
        .hasMessageContaining("create /tributary/installation there");
    Path alone = Files.createDirectory(folder.resolve("b")).resolve("cells.yaml");
    Files.writeString(alone, "cells:\n  zookeeper: \"%s\"\n".formatted(two.sharedZooKeeper()));
    Map<String, String> north = Map.of("NODE_CELL", "north", "HBASE_NAMESPACE", "c1");
    assertThatThrownBy(() -> start(hbase, alone, "stray-2", north))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("north");
  }

  private static Path copyOf(Path file, Path folder) throws IOException {
    return Files.copy(file, Files.createDirectory(folder).resolve(file.getFileName()));
  }

  @Test
  void weightsAndPinsShouldBeChangedForAll() {
    Person bob = two.personOf(WEST);
    assertThat(weigh(EAST, 0).only().getCellsList())
        .extracting(CellState::getName, CellState::getWeight, CellState::getNodes)
        .containsExactly(tuple(EAST, 0, 1), tuple(WEST, 100, 1));
    Await.until(SOON, "east hears of it", () -> weightAt(east) == 0);
    for (int i = 0; i < 5; i++) {
      assertThat(two.locate(door, new People(east.grpc()).person()).getCell()).isEqualTo(WEST);
    }
    assertThat(weigh(WEST, 0).status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
    assertThat(weigh("north", 1).status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(weigh(EAST, 1_001).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(weigh(EAST, 100).status()).isEqualTo(GrpcStatus.OK);

    assertThat(pin(bob, EAST).status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
    assertThat(pin(bob, WEST).only().getCell()).isEqualTo(WEST);
    Await.until(
        SOON, "the pin is known", () -> two.locate(two.west(), bob).getReason().equals("pin"));
    assertThat(pin(bob, "").status()).isEqualTo(GrpcStatus.OK);
    Await.until(SOON, "it is gone", () -> !two.locate(two.west(), bob).getReason().equals("pin"));
  }

  private int weightAt(RunningNode asked) {
    return listed(asked).getCells(0).getWeight();
  }

  private ListCellsResponse listed() {
    return listed(door);
  }

  private static ListCellsResponse listed(RunningNode asked) {
    var request = ListCellsRequest.getDefaultInstance();
    return asked
        .grpc()
        .call(AdminServiceGrpcClient.ListCells, request, RunningNode.OPERATOR)
        .only();
  }

  private Answer<ListCellsResponse> weigh(String cell, int weight) {
    var request = SetCellWeightRequest.newBuilder().setCell(cell).setWeight(weight).build();
    return door.grpc().call(AdminServiceGrpcClient.SetCellWeight, request, RunningNode.OPERATOR);
  }

  private Answer<PinUserResponse> pin(Person person, String cell) {
    var request = PinUserRequest.newBuilder().setUser(person.name()).setCell(cell).build();
    return door.grpc().call(AdminServiceGrpcClient.PinUser, request, RunningNode.OPERATOR);
  }

  @Test
  void aCellWithoutZooKeeperShouldGoOn() throws IOException {
    Person bob = two.personOf(WEST);
    two.westZooKeeper.close();
    Await.until(
        SOON,
        "it is missed",
        () -> !two.west().components().getJsonObject("zookeeper").getBoolean("ready"));
    for (RunningNode each : two.all()) {
      assertThat(mail(each, "without " + each.faces().smtp(), bob)).startsWith("250");
    }
    two.westZooKeeper.start();
    two.west().awaitReady(SOON);
    assertThat(people.messages(bob)).hasSize(3);
  }

  private static RawWebSocket session(RunningNode node, Person person) {
    RawWebSocket socket = RawWebSocket.connect(node.faces().http().port());
    socket.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(person.token()));
    assertThat(socket.readType("welcome")).contains(person.name());
    return socket;
  }
}
