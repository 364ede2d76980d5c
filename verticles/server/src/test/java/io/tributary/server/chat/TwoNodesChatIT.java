package io.tributary.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions on two nodes of one cell: what can't be read from the log comes over the event bus. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesChatIT {
  private final RunningNode one;
  private final RunningNode other;

  TwoNodesChatIT(HBaseProcess hbase, @TempDir Path folder) throws IOException {
    one = start(hbase, folder, "chat-1");
    other = start(hbase, folder, "chat-2");
  }

  private static RunningNode start(HBaseProcess hbase, Path folder, String id) throws IOException {
    Path own = Files.createDirectory(folder.resolve(id));
    return RunningNode.start(hbase, own, Map.of("TRIBUTARY_NODE_ID", id));
  }

  @AfterAll
  void stop() {
    one.close();
    other.close();
  }

  /** Often enough that each node serves some of the mailboxes. */
  @Test
  void messagesPresenceAndTypingShouldCross() {
    People people = new People(one.grpc());
    for (int pair = 0; pair < 6; pair++) {
      Person alice = people.person();
      Person bob = people.person();
      try (RawWebSocket phone = session(one, alice);
          RawWebSocket tablet = session(other, bob)) {
        phone.say(
            "{\"type\":\"send\",\"id\":\"1\",\"to\":[\"%s\"],\"text\":\"hi\"}"
                .formatted(bob.name()));
        assertThat(tablet.readType("message")).contains("\"hi\"");
        String thread = thread(phone.readType("sent"));

        phone.say("{\"type\":\"typing\",\"thread\":\"%s\",\"on\":true}".formatted(thread));

        assertThat(tablet.readType("typing")).contains("chat:" + alice.name());
      }
    }
  }

  private static RawWebSocket session(RunningNode node, Person person) {
    RawWebSocket socket = RawWebSocket.connect(node.faces().http().port());
    socket.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(person.token()));
    assertThat(socket.readType("welcome")).contains(person.name());
    return socket;
  }

  private static String thread(String frame) {
    return new JsonObject(frame).getJsonObject("message").getString("thread");
  }
}
