package io.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that use what HTTP allows against the server. */
@Timeout(60)
class HostileHttpTest {
  private static final byte[] ASKING =
      "GET /big HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100).getBytes(StandardCharsets.ISO_8859_1);
  private static final int BIG_BYTES = 50_000;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger answered = new AtomicInteger();
  private final HttpVerticle testee =
      new HttpVerticle(
          new HttpVerticle.Listen("127.0.0.1", 0, Duration.ofSeconds(1), new HttpServerOptions()),
          InstantSource.system(),
          loop ->
              List.of(
                  router ->
                      router
                          .get("/big")
                          .handler(
                              call -> {
                                answered.incrementAndGet();
                                call.response().end("x".repeat(BIG_BYTES));
                              })));

  @BeforeEach
  void deploy() {
    vertx.deployVerticle(testee).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aClientThatAsksOnWithoutReadingShouldNotFillMemory() throws Exception {
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(16 * 1024);
      client.connect(new java.net.InetSocketAddress("127.0.0.1", testee.boundPort()));
      int asked = askUntilNothingIsTaken(client);

      assertThat(answered.get()).isLessThan(asked / 10);

      int before = answered.get();
      read(client.getInputStream(), 200L * BIG_BYTES);
      assertThat(answered.get()).isGreaterThan(before);
    }
  }

  /** Whoever is not read from blocks; a thread of its own writes, so that this one can look. */
  private int askUntilNothingIsTaken(Socket client) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (asked.get() < 100_000) {
                  client.getOutputStream().write(ASKING);
                  asked.addAndGet(100);
                }
              } catch (IOException closed) {
                // the test is over
              }
            });
    writer.setDaemon(true);
    writer.start();
    int seen = 0;
    long stillSince = System.nanoTime();
    while (seen == 0 || System.nanoTime() - stillSince < Duration.ofSeconds(1).toNanos()) {
      if (answered.get() != seen) {
        seen = answered.get();
        stillSince = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return asked.get();
  }

  private static void read(InputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer);
      assertThat(read).isPositive();
      left -= read;
    }
  }
}
