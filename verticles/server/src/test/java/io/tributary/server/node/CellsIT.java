package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.server.chat.RawWebSocket;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.store.testing.ZooKeeperFixture;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two cells, each with its own ZooKeeper and HBase, and a process that serves no mailboxes and
 * takes mail and sessions for both. The directory lives with the first cell.
 */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String EAST = "c1";
  private static final String WEST = "west";

  private final Path cells;
  private final ZooKeeperFixture westZooKeeper;
  private final HBaseProcess westHBase;
  private final RunningNode east;
  private final RunningNode west;
  private final RunningNode door;
  private final People people;

  CellsIT(HBaseProcess hbase, @TempDir Path folder) throws IOException {
    westZooKeeper = ZooKeeperFixture.start(folder.resolve("zookeeper"));
    westHBase = new HBaseProcess(folder.resolve("hbase"), westZooKeeper.connectString());
    westHBase.start();
    cells =
        Files.writeString(
            folder.resolve("cells.yaml"),
            """
            cells:
              zookeeper: "%1$s/cells-it"
              founding:
                - name: c1
                  zookeeper: "%1$s/cells-it"
                - name: west
                  zookeeper: "%2$s"
            directory:
              zookeeper: "%1$s"
            """
                .formatted(hbase.zookeeper(), westZooKeeper.connectString()));
    Map<String, String> atEast = Map.of("ZOOKEEPER_CONNECT", hbase.zookeeper() + "/cells-it");
    east = start(hbase, cells, "cell-east", atEast);
    west = start(westHBase, cells, "cell-west", Map.of("NODE_CELL", WEST));
    Map<String, String> noMailboxes = new HashMap<>(atEast);
    noMailboxes.put("NODE_ROLES", "smtp,chat,api");
    door = start(hbase, cells, "cell-door", noMailboxes);
    people = new People(door.grpc());
  }

  private static RunningNode start(
      HBaseProcess hbase, Path cells, String id, Map<String, String> settings) throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("TRIBUTARY_NODE_ID", id);
    settings.forEach((key, value) -> variables.put("TRIBUTARY_" + key, value));
    Path folder = Files.createDirectory(cells.resolveSibling(id));
    return RunningNode.start(hbase, cells, folder, variables);
  }

  @AfterAll
  void stop() {
    door.close();
    west.close();
    east.close();
    westHBase.close();
    westZooKeeper.close();
  }

  private LocateResponse locate(RunningNode asked, Person person) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    Answer<LocateResponse> answer =
        asked.grpc().call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR);
    return answer.only();
  }

  private Person personOf(String cell) {
    return Stream.generate(people::person)
        .limit(200)
        .filter(person -> locate(door, person).getCell().equals(cell))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyProcessShouldServeTheUsersOfAllCells() throws IOException {
    Person alice = personOf(EAST);
    Person bob = personOf(WEST);
    for (RunningNode each : List.of(east, west, door)) {
      String name = "through " + each.faces().smtp();
      assertThat(mail(each, name, alice, bob)).startsWith("250");
      assertThat(mail(each, name, alice, bob)).startsWith("250");
      assertThat(locate(each, alice).getNode()).isEqualTo("cell-east");
      assertThat(locate(each, bob).getNode()).isEqualTo("cell-west");
    }
    for (RunningNode each : List.of(east, west, door)) {
      People seen = new People(each.grpc());
      assertThat(seen.messages(alice)).hasSize(3);
      assertThat(seen.messages(bob)).hasSize(3);
    }
  }

  @Test
  void messagesAndTypingShouldCrossCells() {
    Person alice = personOf(EAST);
    Person bob = personOf(WEST);
    for (RunningNode each : List.of(east, west, door)) {
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
    Person alice = personOf(EAST);
    Person bob = personOf(WEST);
    Person[] fifty = Stream.generate(people::person).limit(50).toArray(Person[]::new);
    assertThat(mail(door, "before", alice, bob)).startsWith("250");

    westHBase.kill();
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

    westHBase.start();
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
    Map<String, String> west = Map.of("NODE_CELL", WEST, "ZOOKEEPER_CONNECT", zooKeeperOf(hbase));
    assertThatThrownBy(() -> start(hbase, copyOf(cells, folder.resolve("a")), "stray-1", west))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("holds the data of cell 'c1'")
        .hasMessageContaining("node.cell");
    Path alone = Files.createDirectory(folder.resolve("b")).resolve("cells.yaml");
    Files.writeString(alone, "cells:\n  zookeeper: \"%s\"\n".formatted(zooKeeperOf(hbase)));
    Map<String, String> north = Map.of("NODE_CELL", "north", "HBASE_NAMESPACE", "c1");
    assertThatThrownBy(() -> start(hbase, alone, "stray-2", north))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("north");
  }

  private static String zooKeeperOf(HBaseProcess hbase) {
    return hbase.zookeeper() + "/cells-it";
  }

  private static Path copyOf(Path file, Path folder) throws IOException {
    return Files.copy(file, Files.createDirectory(folder).resolve(file.getFileName()));
  }

  @Test
  void weightsAndPinsShouldBeChangedForAll() {
    Person bob = personOf(WEST);
    assertThat(weigh(EAST, 0).only().getCellsList())
        .extracting(CellState::getName, CellState::getWeight, CellState::getNodes)
        .containsExactly(tuple(EAST, 0, 1), tuple(WEST, 100, 1));
    Await.until(SOON, "east hears of it", () -> weightAt(east) == 0);
    for (int i = 0; i < 5; i++) {
      assertThat(locate(door, new People(east.grpc()).person()).getCell()).isEqualTo(WEST);
    }
    assertThat(weigh(WEST, 0).status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
    assertThat(weigh("north", 1).status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(weigh(EAST, 1_001).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(weigh(EAST, 100).status()).isEqualTo(GrpcStatus.OK);

    assertThat(pin(bob, EAST).status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
    assertThat(pin(bob, WEST).only().getCell()).isEqualTo(WEST);
    Await.until(SOON, "the pin is known", () -> locate(west, bob).getReason().equals("pin"));
    assertThat(pin(bob, "").status()).isEqualTo(GrpcStatus.OK);
    Await.until(SOON, "it is gone", () -> !locate(west, bob).getReason().equals("pin"));
  }

  private int weightAt(RunningNode asked) {
    var request = ListCellsRequest.getDefaultInstance();
    return asked
        .grpc()
        .call(AdminServiceGrpcClient.ListCells, request, RunningNode.OPERATOR)
        .only()
        .getCells(0)
        .getWeight();
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
    Person bob = personOf(WEST);
    westZooKeeper.close();
    Await.until(
        SOON,
        "it is missed",
        () -> !west.components().getJsonObject("zookeeper").getBoolean("ready"));
    for (RunningNode each : List.of(east, west, door)) {
      assertThat(mail(each, "without " + each.faces().smtp(), bob)).startsWith("250");
    }
    westZooKeeper.start();
    west.awaitReady(SOON);
    assertThat(people.messages(bob)).hasSize(3);
  }

  private static RawWebSocket session(RunningNode node, Person person) {
    RawWebSocket socket = RawWebSocket.connect(node.faces().http().port());
    socket.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(person.token()));
    assertThat(socket.readType("welcome")).contains(person.name());
    return socket;
  }

  private static String rcpt(RunningNode through, Person to) {
    try (RawSmtp client = through.smtp()) {
      client.say("MAIL FROM:<somebody@example.net>");
      client.expect("250");
      client.say("RCPT TO:<" + to.email() + ">");
      return client.reply();
    } catch (IOException failed) {
      return failed.toString();
    }
  }

  /** One mail to all; the first refusal, or what its end is answered with. */
  private static String mail(RunningNode through, String subject, Person... to) {
    byte[] content =
        "Subject: %s\r\nMessage-ID: <%s@example.net>\r\n\r\nhi\r\n"
            .formatted(subject, subject.hashCode() + to[0].name())
            .getBytes(StandardCharsets.US_ASCII);
    try (RawSmtp client = through.smtp()) {
      List<String> addresses = Stream.of(to).map(Person::email).toList();
      return client.mail("somebody@example.net", addresses, content);
    } catch (IOException failed) {
      return failed.toString();
    }
  }
}
