package io.tributary.loadtests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of another make, which says back what it hears. */
class ChatSocketTest {
  private final Vertx vertx = Vertx.vertx();
  private final ClientLoop loop = ClientLoop.open();
  private final BlockingQueue<String> types = new LinkedBlockingQueue<>();
  private InetSocketAddress address = new InetSocketAddress(0);

  @BeforeEach
  void start() {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol(Frames.SUBPROTOCOL))
            .webSocketHandler(ChatSocketTest::echo)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    address = new InetSocketAddress("127.0.0.1", server.actualPort());
  }

  @AfterEach
  void stop() {
    loop.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void echo(ServerWebSocket socket) {
    socket.textMessageHandler(
        text -> {
          if (ServerFrame.parse(text).type().equals("bye")) {
            socket.close();
          } else {
            socket.writeTextMessage(text);
          }
        });
  }

  @Test
  void theFirstFrameShouldBeHelloAndTheEndBeTold() throws InterruptedException {
    ChatSocket socket = open(address);

    assertThat(types.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.send("{\"type\":\"send\"}");
    assertThat(types.poll(10, TimeUnit.SECONDS)).isEqualTo("send");
    socket.send("{\"type\":\"bye\"}");
    assertThat(types.poll(10, TimeUnit.SECONDS)).startsWith("lost");
  }

  @Test
  void aServerThatIsNotThereShouldBeTold() throws InterruptedException {
    vertx.close().toCompletionStage().toCompletableFuture().join();

    open(address);

    assertThat(types.poll(10, TimeUnit.SECONDS)).startsWith("lost");
    assertThat(types).isEmpty();
  }

  private ChatSocket open(InetSocketAddress server) {
    return ChatSocket.open(
        loop,
        server,
        new ChatSocket.Device("token", "device", Optional.empty()),
        new ChatSocket.Ear() {
          @Override
          public void heard(ServerFrame frame) {
            types.add(frame.type());
          }

          @Override
          public void lost(String why) {
            types.add("lost: " + why);
          }
        });
  }
}
