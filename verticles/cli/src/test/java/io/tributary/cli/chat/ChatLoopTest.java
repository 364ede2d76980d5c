package io.tributary.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ClientFrames;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrames;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatLoopTest {
  private static final UserId ALICE = new UserId(1);
  private static final Position HEAD = Position.of(100, 0);

  private final Vertx vertx = Vertx.vertx();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<ClientFrame> heard = new ArrayList<>();
  private BiConsumer<ServerWebSocket, ClientFrame> answers = this::answer;
  private int connections;
  private long entry = HEAD.entry();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void linesShouldBeSentAndWhatCameBeShown() {
    int code = run("alice", false, "/to bob hello\nand more\n");

    assertThat(code).isZero();
    assertThat(lines()).containsExactly("#1 bob: from before", "#2 me: hello", "#2 me: and more");
    List<ClientFrame.Send> sends = sends();
    assertThat(sends.get(0).to()).containsExactly("bob");
    assertThat(sends.get(0).id()).isNotEqualTo(sends.get(1).id());
  }

  @Test
  void aLineShouldGoToTheNewestMessagesThread() {
    assertThat(run("alice", false, "an answer\n")).isZero();

    assertThat(sends())
        .singleElement()
        .matches(send -> send.thread().equals(Optional.of(thread(1))));
  }

  @Test
  void threadsShouldBeListedAndChosen() {
    assertThat(run("alice", false, "/to carol hi\n/in 1 back\n/threads\n/quit\n")).isZero();

    assertThat(lines()).contains("#1 bob").anyMatch(line -> line.startsWith("#2 "));
    assertThat(sends().get(1).thread()).contains(thread(1));
  }

  @Test
  void theNewestMessagesShouldBeAskedForBehindTheHead() {
    assertThat(run("alice", false, "")).isZero();

    assertThat(heard)
        .containsExactly(
            new ClientFrame.Hello("t", "cli", Optional.empty()),
            new ClientFrame.Hello("t", "cli", Optional.of(Position.of(80, 0))));
  }

  @Test
  void asJsonFramesShouldBePrintedAsTheyCame() {
    assertThat(run("alice", true, "/to bob hello\n")).isZero();

    assertThat(lines())
        .allMatch(line -> line.startsWith("{\"type\":\""))
        .anyMatch(line -> line.contains("\"type\":\"sent\""));
  }

  @Test
  void whatIsRefusedShouldBeSaidAndFail() {
    answers =
        (socket, frame) -> {
          if (frame instanceof ClientFrame.Send send) {
            write(
                socket,
                ServerFrame.Error.of(
                    ErrorCode.UNKNOWN_RECIPIENT, "to: nobody", Optional.of(send.id())));
          } else {
            answer(socket, frame);
          }
        };
    assertThat(run("alice", false, "/to zoe hi\n")).isEqualTo(1);
    assertThat(lines()).contains("! unknown_recipient: to: nobody");
  }

  @Test
  void aConnectionThatBreaksShouldBeMadeAgainAndTheRestSentWithTheSameId() {
    answers =
        (socket, frame) -> {
          if (frame instanceof ClientFrame.Send && connections == 2) {
            write(socket, new ServerFrame.Bye("going away", Optional.of(10L)));
            socket.close();
          } else {
            answer(socket, frame);
          }
        };
    assertThat(run("alice", false, "/to bob hello\n")).isZero();

    assertThat(sends()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(sends()).extracting(ClientFrame.Send::id).containsOnly(sends().get(0).id());
    assertThat(heard).contains(new ClientFrame.Hello("t", "cli", Optional.of(HEAD)));
    assertThat(lines().stream().filter(line -> line.contains("from before"))).hasSize(1);
  }

  @Test
  void aTokenThatIsNotGoodShouldEndIt() {
    answers =
        (socket, frame) -> write(socket, new ServerFrame.Bye("token invalid", Optional.empty()));

    assertThatThrownBy(() -> run("alice", false, ""))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("token invalid");
  }

  @Test
  void somebodyElsesTokenShouldEndIt() {
    assertThatThrownBy(() -> run("bob", false, ""))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("alice's");
  }

  @Test
  void noServerShouldEndIt() {
    Dialogue dialogue = new Dialogue("alice", "t", "cli", screen(false));

    assertThatThrownBy(
            () ->
                new ChatLoop(
                        ChatSockets.to(new HostPort("127.0.0.1", 1)),
                        dialogue,
                        new ByteArrayInputStream(new byte[0]))
                    .run())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("can't reach 127.0.0.1:1");
  }

  private int run(String user, boolean json, String input) {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setWebSocketSubProtocols(List.of("tributary.v1")))
            .webSocketHandler(this::connected)
            .listen(0, "127.0.0.1")
            .await();
    return new ChatLoop(
            ChatSockets.to(new HostPort("127.0.0.1", server.actualPort())),
            new Dialogue(user, "t", "cli", screen(json)),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
        .run();
  }

  private ChatScreen screen(boolean json) {
    return new ChatScreen(new PrintStream(out, true, StandardCharsets.UTF_8), json);
  }

  private void connected(ServerWebSocket socket) {
    connections++;
    socket.textMessageHandler(
        text -> {
          ClientFrame frame = ClientFrames.parse(text);
          heard.add(frame);
          answers.accept(socket, frame);
        });
  }

  private void answer(ServerWebSocket socket, ClientFrame frame) {
    if (frame instanceof ClientFrame.Hello hello) {
      write(socket, new ServerFrame.Welcome("alice", HEAD, "n1"));
      if (hello.since().filter(since -> since.compareTo(HEAD) < 0).isPresent()) {
        write(socket, new ServerFrame.Message(message(thread(1), HEAD, "chat:bob", "from before")));
      }
      write(socket, new ServerFrame.Head(HEAD));
    } else if (frame instanceof ClientFrame.Send send) {
      Position position = Position.of(++entry, 0);
      MessageId thread = send.thread().orElse(thread(2));
      write(
          socket,
          new ServerFrame.Sent(
              send.id(),
              position,
              Optional.of(message(thread, position, "chat:alice", send.text()))));
    }
  }

  private static void write(ServerWebSocket socket, ServerFrame frame) {
    var unused = socket.writeTextMessage(ServerFrames.write(frame));
  }

  private static MessageId thread(int number) {
    return new MessageId(ALICE, Position.of(number, 0));
  }

  private static MessageView message(
      MessageId thread, Position position, String from, String text) {
    return new MessageView(
        new MessageId(ALICE, position),
        thread,
        position,
        Channel.CHAT,
        Address.parse(from),
        List.of(Address.parse(from.equals("chat:bob") ? "chat:alice" : "chat:bob")),
        "",
        text,
        0,
        true,
        List.of(),
        MessageView.Marks.NONE);
  }

  private List<ClientFrame.Send> sends() {
    return heard.stream()
        .filter(ClientFrame.Send.class::isInstance)
        .map(ClientFrame.Send.class::cast)
        .toList();
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
