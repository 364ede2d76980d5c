package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.api.UnusableTargetException;
import io.tributary.loadtests.wire.ClientLoop;
import io.tributary.loadtests.wire.GrpcCalls;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The same short read of the same node, of a mailbox that another node serves, and beside it of one
 * that the node serves itself: the difference is what forwarding takes.
 */
final class ForwardBench {
  private static final double TARGET_MILLIS = 1;
  private static final String PATH = "/tributary.v1.MailboxService/ListThreads";

  private final Target target;
  private final Turns turns;

  ForwardBench(Target target, Turns turns) {
    this.target = target;
    this.turns = turns;
  }

  /** Where mailboxes are, as seen from the node that is asked. */
  enum Distance {
    SAME_NODE("same node"),
    OTHER_NODE("other node"),
    OTHER_CELL("other cell");

    private final String words;

    Distance(String words) {
      this.words = words;
    }
  }

  /** One user for each distance that there is. */
  static Map<Distance, LoadUser> choose(Site site, Api api, List<LoadUser> users)
      throws IOException {
    String cell = "";
    String node = id(site.nodeConfiguration());
    Map<Distance, LoadUser> chosen = new LinkedHashMap<>();
    if (!site.target().nodes().isEmpty()) {
      cell = site.target().nodes().get(0).cell();
    }
    for (LoadUser user : users) {
      LocateResponse place =
          api.call(
              DirectoryServiceGrpcClient.Locate,
              LocateRequest.newBuilder().setName(user.name()).build());
      Distance distance = Distance.OTHER_NODE;
      if (!place.getCell().equals(cell)) {
        distance = Distance.OTHER_CELL;
      } else if (place.getNode().equals(node)) {
        distance = Distance.SAME_NODE;
      }
      chosen.putIfAbsent(distance, user);
    }
    if (chosen.size() < 2 || !chosen.containsKey(Distance.SAME_NODE)) {
      throw new UnusableTargetException(
          "forward is measured between nodes: start the installation with `./tributary up --nodes"
              + " 2`, perhaps `--cells 2`");
    }
    return chosen;
  }

  private static String id(Path configuration) throws IOException {
    Map<String, Map<String, Object>> settings =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(configuration));
    return String.valueOf(settings.getOrDefault("node", Map.of()).get("id"));
  }

  /**
   * @param users as chosen
   * @param distance not {@link Distance#SAME_NODE}, which is the floor
   */
  Figure measure(Map<Distance, LoadUser> users, Distance distance, int inFlight)
      throws InterruptedException, IOException {
    LoadUser near = Optional.ofNullable(users.get(Distance.SAME_NODE)).orElseThrow();
    LoadUser far = Optional.ofNullable(users.get(distance)).orElseThrow();
    try (ClientLoop loop = ClientLoop.open()) {
      GrpcCalls connection = GrpcCalls.open(loop, target.faces().grpc());
      Comparison found =
          turns.compare(lanes(connection, far, inFlight), lanes(connection, near, inFlight));
      ObjectNode facts = JsonNodeFactory.instance.objectNode().put("inFlight", inFlight);
      Figure.put(
          facts, "addedMillisP50", found.percentileMillis(0.5) - found.floorPercentileMillis(0.5));
      return Figure.of(
          new Figure.Case(
              "forward",
              distance.words + ", " + inFlight + " in flight",
              Distance.SAME_NODE.words,
              Map.of("addedMillisP50", TARGET_MILLIS)),
          facts,
          found);
    }
  }

  private List<Lane> lanes(GrpcCalls connection, LoadUser user, int inFlight) {
    String authority =
        target.faces().grpc().getHostString() + ":" + target.faces().grpc().getPort();
    byte[] request =
        ListThreadsRequest.newBuilder().setUser(user.name()).setPageSize(1).build().toByteArray();
    GrpcCalls.Call call = GrpcCalls.call(authority, PATH, user.token(), request);
    List<Lane> lanes = new ArrayList<>();
    for (int lane = 0; lane < inFlight; lane++) {
      lanes.add(ended -> connection.make(call, ended));
    }
    return lanes;
  }
}
