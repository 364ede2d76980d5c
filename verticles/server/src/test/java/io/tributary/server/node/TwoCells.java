package io.tributary.server.node;

import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.ZooKeeperFixture;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

/**
 * Two cells, each with its own ZooKeeper and HBase, and a process that serves no mailboxes and
 * takes mail and sessions for both. The directory lives with the first cell.
 */
final class TwoCells implements AutoCloseable {
  static final String EAST = "c1";
  static final String WEST = "west";
  private static final String PATH = "/cells-it";

  final Path cells;
  final ZooKeeperFixture westZooKeeper;
  final HBaseProcess westHBase;
  final RunningNode east;
  final RunningNode door;
  final People people;
  private final HBaseProcess eastHBase;
  private final CuratorFramework tables;
  private RunningNode west;

  TwoCells(HBaseProcess hbase, Path folder) throws IOException {
    eastHBase = hbase;
    tables = CuratorFrameworkFactory.newClient(hbase.zookeeper(), new RetryOneTime(1_000));
    tables.start();
    moveIn();
    westZooKeeper = ZooKeeperFixture.start(folder.resolve("zookeeper"));
    westHBase = new HBaseProcess(folder.resolve("hbase"), westZooKeeper.connectString());
    westHBase.start();
    cells =
        Files.writeString(
            folder.resolve("cells.yaml"),
            """
            cells:
              zookeeper: "%1$s"
              founding:
                - name: c1
                  zookeeper: "%1$s"
                - name: west
                  zookeeper: "%2$s"
            directory:
              zookeeper: "%3$s"
            """
                .formatted(sharedZooKeeper(), westZooKeeper.connectString(), hbase.zookeeper()));
    Map<String, String> atEast = Map.of("ZOOKEEPER_CONNECT", sharedZooKeeper());
    east = start(hbase, "cell-east", atEast);
    west = startWest();
    Map<String, String> noMailboxes = new HashMap<>(atEast);
    noMailboxes.put("NODE_ROLES", "smtp,chat,api");
    door = start(hbase, "cell-door", noMailboxes);
    people = new People(door.grpc());
  }

  /** The HBase of all tests belongs to the installation at the root of their ZooKeeper. */
  private void moveIn() {
    String home = written(HomeCheck.PATH, "0123456789abcdef");
    written(PATH + HomeCheck.PATH, home);
  }

  private String written(String path, String unlessThere) {
    try {
      byte[] data = unlessThere.getBytes(StandardCharsets.UTF_8);
      if (tables.checkExists().forPath(path) == null) {
        tables.create().creatingParentsIfNeeded().forPath(path, data);
      }
      return new String(tables.getData().forPath(path), StandardCharsets.UTF_8);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** ZooKeeper of all cells, and of the first. */
  String sharedZooKeeper() {
    return eastHBase.zookeeper() + PATH;
  }

  /** What stands in a table of all cells. */
  byte[] table(String name) throws Exception {
    return tables.getData().forPath(PATH + "/tributary/" + name);
  }

  /** Another content of a table of all cells. */
  void table(String name, byte[] content) throws Exception {
    tables.setData().forPath(PATH + "/tributary/" + name, content);
  }

  RunningNode west() {
    return west;
  }

  void stopWest() {
    west.close();
  }

  RunningNode startWest() throws IOException {
    west = start(westHBase, "cell-west", Map.of("NODE_CELL", WEST));
    return west;
  }

  List<RunningNode> all() {
    return List.of(east, west, door);
  }

  private RunningNode start(HBaseProcess hbase, String id, Map<String, String> settings)
      throws IOException {
    return start(hbase, cells, id, settings);
  }

  static RunningNode start(HBaseProcess hbase, Path cells, String id, Map<String, String> settings)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("TRIBUTARY_NODE_ID", id);
    settings.forEach((key, value) -> variables.put("TRIBUTARY_" + key, value));
    Path folder = Files.createDirectories(cells.resolveSibling(id));
    return RunningNode.start(hbase, cells, folder, variables);
  }

  @Override
  public void close() {
    door.close();
    west.close();
    east.close();
    westHBase.close();
    westZooKeeper.close();
    tables.close();
  }

  LocateResponse locate(RunningNode asked, Person person) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    Answer<LocateResponse> answer =
        asked.grpc().call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR);
    return answer.only();
  }

  /** Where other nodes ask a node of the first cell. */
  String addressOf(String node) {
    return east
        .grpc()
        .call(
            AdminServiceGrpcClient.GetRing,
            GetRingRequest.getDefaultInstance(),
            RunningNode.OPERATOR)
        .only()
        .getNodesList()
        .stream()
        .filter(each -> each.getNode().equals(node))
        .findFirst()
        .orElseThrow()
        .getAddress();
  }

  Person personOf(String cell) {
    return Stream.generate(people::person)
        .limit(200)
        .filter(person -> locate(door, person).getCell().equals(cell))
        .findFirst()
        .orElseThrow();
  }

  static String rcpt(RunningNode through, Person to) {
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
  static String mail(RunningNode through, String subject, Person... to) {
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
