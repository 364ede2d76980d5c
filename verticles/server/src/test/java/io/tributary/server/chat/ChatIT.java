package io.tributary.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ClientFrames;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrameParser;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Chat over real WebSockets, on a real HBase, across a restart of the node. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatIT {
  private static final Map<String, String> SETTINGS = Map.of("TRIBUTARY_NODE_ID", "chat");

  private final HBaseProcess hbase;
  private final Path folder;
  private RunningNode node;

  ChatIT(HBaseProcess hbase, @TempDir Path folder) {
    this.hbase = hbase;
    this.folder = folder;
    this.node = RunningNode.start(hbase, folder, SETTINGS);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void bothDevicesShouldReceiveAndEachMessageBeInBothLogsOnce() {
    Person alice = people().person();
    Person bob = people().person();
    try (Device phone = device(alice, "phone", Optional.empty());
        Device laptop = device(alice, "laptop", Optional.empty());
        Device tablet = device(bob, "tablet", Optional.empty())) {
      phone.send("1", bob, "hello");

      MessageView sent = phone.sent("1");
      assertThat(sent.text()).isEqualTo("hello");
      assertThat(laptop.message()).isEqualTo(sent);
      MessageView received = tablet.message();
      assertThat(received.text()).isEqualTo("hello");
      assertThat(received.from()).hasToString("chat:" + alice.name());
      assertThat(received.verified()).isTrue();

      tablet.sendIn("1", received.thread(), "and back");
      assertThat(tablet.sent("1").thread()).isEqualTo(received.thread());
      assertThat(phone.message().text()).isEqualTo("and back");
      assertThat(laptop.message().thread()).isEqualTo(sent.thread());
    }
    assertThat(people().messages(alice))
        .extracting(Message::getText)
        .containsExactly("hello", "and back");
    assertThat(people().messages(bob))
        .extracting(Message::getText)
        .containsExactly("hello", "and back");
  }

  @Test
  void aRepetitionShouldBeAnsweredWithTheOriginal() {
    Person alice = people().person();
    Person bob = people().person();
    try (Device phone = device(alice, "phone", Optional.empty())) {
      phone.send("1", bob, "once");
      MessageView first = phone.sent("1");
      phone.send("1", bob, "once");
      assertThat(phone.sent("1").id()).isEqualTo(first.id());
      phone.send("1", bob, "other");
      assertThat(phone.next(ServerFrame.Error.class).code()).isEqualTo("id_reused");
    }
    assertThat(people().messages(alice)).hasSize(1);
  }

  @Test
  void readingShouldBeToldToEveryDevice() {
    Person alice = people().person();
    Person bob = people().person();
    try (Device phone = device(alice, "phone", Optional.empty());
        Device laptop = device(alice, "laptop", Optional.empty());
        Device tablet = device(bob, "tablet", Optional.empty())) {
      tablet.send("1", alice, "read me");
      MessageView message = phone.message();
      phone.say(new ClientFrame.Read(message.thread(), message.position()));
      for (Device device : List.of(phone, laptop)) {
        ServerFrame.Update update = device.nextUpdate(LiveEvent.Kind.READ);
        assertThat(update.thread()).contains(message.thread());
        assertThat(update.readSeq()).contains(message.position());
      }
    }
  }

  @Test
  void typingAndPresenceShouldReachTheOther() {
    Person alice = people().person();
    Person bob = people().person();
    try (Device phone = device(alice, "phone", Optional.empty())) {
      phone.send("1", bob, "are you there");
      MessageView sent = phone.sent("1");
      try (Device tablet = device(bob, "tablet", Optional.of(Position.START))) {
        MessageView received = tablet.message();
        ServerFrame.Presence here = phone.next(ServerFrame.Presence.class);
        assertThat(here).isEqualTo(new ServerFrame.Presence(bob.name(), true));
        phone.say(new ClientFrame.Typing(sent.thread(), true));
        ServerFrame.Typing typing = tablet.next(ServerFrame.Typing.class);
        assertThat(typing.thread()).isEqualTo(received.thread());
        assertThat(typing.from()).hasToString("chat:" + alice.name());
      }
    }
  }

  @Test
  void resumingAcrossARestartShouldMissNothingAndRepeatNothing() {
    Person alice = people().person();
    Person bob = people().person();
    List<String> heard = new ArrayList<>();
    Position since;
    try (Device tablet = device(bob, "tablet", Optional.of(Position.START));
        Device phone = device(alice, "phone", Optional.empty())) {
      for (int number = 0; number < 20; number++) {
        phone.send("a" + number, bob, "a" + number);
      }
      for (int number = 0; number < 10; number++) {
        heard.add(tablet.message().text());
      }
      since = tablet.last();
      assertThat(phone.sent("a19").text()).isEqualTo("a19");
    }
    node.close();
    node = RunningNode.start(hbase, folder, SETTINGS);
    try (Device phone = device(alice, "phone", Optional.empty())) {
      phone.send("a19", bob, "a19");
      phone.send("b", bob, "b");
      assertThat(phone.sent("b").text()).isEqualTo("b");
    }
    try (Device tablet = device(bob, "tablet", Optional.of(since))) {
      while (!heard.contains("b")) {
        heard.add(tablet.message().text());
      }
    }
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      expected.add("a" + number);
    }
    expected.add("b");
    assertThat(heard).isEqualTo(expected);
    assertThat(people().messages(bob)).extracting(Message::getText).isEqualTo(expected);
    assertThat(people().messages(alice)).extracting(Message::getText).isEqualTo(expected);
  }

  @Test
  void aRevokedTokenShouldNotBeWelcome() {
    try (RawWebSocket client = RawWebSocket.connect(node.faces().http().port())) {
      client.say("{\"type\":\"hello\",\"token\":\"trb_nobodys\",\"device\":\"phone\"}");
      assertThat(client.readType("bye")).contains("token invalid");
    }
  }

  private People people() {
    return new People(node.grpc());
  }

  private Device device(Person person, String name, Optional<Position> since) {
    return new Device(
        RawWebSocket.connect(node.faces().http().port()),
        new ClientFrame.Hello(person.token(), name, since));
  }

  /** One device of a user, which keeps its place. */
  private static final class Device implements AutoCloseable {
    private final RawWebSocket socket;
    private Position last = Position.START;

    Device(RawWebSocket socket, ClientFrame.Hello hello) {
      this.socket = socket;
      say(hello);
      Position head = next(ServerFrame.Welcome.class).seq();
      last = hello.since().orElse(head);
    }

    Position last() {
      return last;
    }

    void say(ClientFrame frame) {
      RawWebSocket unused = socket.say(ClientFrames.write(frame));
    }

    void send(String id, Person to, String text) {
      say(new ClientFrame.Send(id, Optional.empty(), List.of(to.name()), "", text));
    }

    void sendIn(String id, io.tributary.codecs.message.MessageId thread, String text) {
      say(new ClientFrame.Send(id, Optional.of(thread), List.of(), "", text));
    }

    MessageView message() {
      MessageView message = next(ServerFrame.Message.class).message();
      assertThat(message.position()).isGreaterThan(last);
      last = message.position();
      return message;
    }

    MessageView sent(String id) {
      while (true) {
        ServerFrame.Sent sent = next(ServerFrame.Sent.class);
        if (sent.id().equals(id)) {
          return sent.message().orElseThrow();
        }
      }
    }

    ServerFrame.Update nextUpdate(LiveEvent.Kind kind) {
      while (true) {
        ServerFrame.Update update = next(ServerFrame.Update.class);
        if (update.kind() == kind) {
          return update;
        }
      }
    }

    <F extends ServerFrame> F next(Class<F> type) {
      while (true) {
        String text = socket.readUntil(RawWebSocket.TEXT).text();
        ServerFrame frame = ServerFrameParser.parse(text).orElseThrow();
        if (type.isInstance(frame)) {
          return type.cast(frame);
        }
        assertThat(frame).as(text).isNotInstanceOfAny(ServerFrame.Bye.class, ServerFrame.Gap.class);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
