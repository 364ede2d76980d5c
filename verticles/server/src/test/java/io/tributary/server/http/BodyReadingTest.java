package io.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.http.BodyReading.Ending;
import io.tributary.server.http.BodyReading.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are too big, too slow, too many, or never come. */
@Timeout(30)
class BodyReadingTest {
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
  private final BodyRoom room = new BodyRoom(15);
  private volatile Limits limits = new Limits(10, Duration.ofSeconds(20));
  private HttpServer server;

  @BeforeEach
  void listen() {
    server = vertx.createHttpServer().requestHandler(this::read).listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void read(HttpServerRequest request) {
    BodyReading.begin(
        vertx,
        request,
        limits,
        room,
        ending -> {
          endings.add(
              ending instanceof Ending.Whole whole
                  ? new String(whole.body().toArray(), StandardCharsets.UTF_8)
                  : ending.getClass().getSimpleName());
          request.response().end();
        });
  }

  @Test
  void bodyUpToTheLimitShouldBeReadWhole() throws Exception {
    assertThat(endingOf(HEAD + "Content-Length: 10\r\n\r\n0123456789")).isEqualTo("0123456789");
    assertThat(room.taken()).isEqualTo(10);
  }

  @Test
  void bodyOverTheLimitShouldBeRefusedByWhatItSaysOrByWhatComes() throws Exception {
    assertThat(endingOf(HEAD + "Content-Length: 11\r\n\r\n")).isEqualTo("TooBig");
    assertThat(endingOf(HEAD + "Content-Length: 99999999999999999\r\n\r\n")).isEqualTo("TooBig");
    assertThat(endingOf(HEAD + "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n"))
        .isEqualTo("TooBig");
    assertThat(room.taken()).isZero();
  }

  @Test
  void slowBodyShouldBeRefusedInTimeAndItsRoomGivenBack() throws Exception {
    limits = new Limits(10, Duration.ofMillis(100));

    assertThat(endingOf(HEAD + "Content-Length: 10\r\n\r\n01234")).isEqualTo("TooSlow");

    assertThat(room.taken()).isZero();
  }

  @Test
  void bodiesOfAllConnectionsShouldShareTheRoom() throws Exception {
    try (Socket first = new Socket("127.0.0.1", server.actualPort())) {
      write(first, HEAD + "Content-Length: 10\r\n\r\n012345678");
      awaitTaken(9);

      assertThat(endingOf(HEAD + "Content-Length: 7\r\n\r\n0123456")).isEqualTo("NoRoom");

      write(first, "9");
      assertThat(endings.poll(20, TimeUnit.SECONDS)).isEqualTo("0123456789");
    }
  }

  @Test
  void clientThatGoesAwayShouldLeaveItsRoom() throws Exception {
    try (Socket gone = new Socket("127.0.0.1", server.actualPort())) {
      write(gone, HEAD + "Content-Length: 10\r\n\r\n0123");
      awaitTaken(4);
    }
    awaitTaken(0);
    assertThat(List.copyOf(endings)).isEmpty();
  }

  private void awaitTaken(long bytes) {
    while (room.taken() != bytes) {
      Thread.onSpinWait();
    }
  }

  private String endingOf(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      write(socket, request);
      return String.valueOf(endings.poll(20, TimeUnit.SECONDS));
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
