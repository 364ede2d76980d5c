package io.tributary.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.ApiFixture;
import io.tributary.store.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watch as server-sent events, read as bytes. */
class EventStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final JsonFixture face = new JsonFixture(JsonFixture.LIMITS, List.of());
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  @BeforeEach
  void mailbox() {
    LiveEvent message =
        new LiveEvent.Arrived(
            ApiFixture.view(new MessageId(face.api.alice.id(), Position.of(2, 0))));
    face.api.mailbox =
        request ->
            request instanceof MailboxRequest.Events events
                ? Optional.of(new ReadOutcome.Found<>(page(events.since(), message)))
                : Optional.empty();
  }

  private static EventPage page(Position since, LiveEvent message) {
    boolean behind = message.position().compareTo(since) > 0;
    return new EventPage(
        behind ? List.of(message) : List.of(), Position.of(2, 0), Position.of(2, 0));
  }

  @AfterEach
  void close() {
    face.close();
  }

  @Test
  void aStreamShouldBeginWithTheHeadWithoutAnIdThenTellWhatWasMissed() throws Exception {
    try (Socket socket = watch("?since=256", "")) {
      readUntil(socket, "event: message\n");
      readUntil(socket, "\n\n");
      assertThat(text())
          .containsIgnoringCase("content-type: text/event-stream")
          .contains("retry: 2000\n\n")
          .contains("event: head\ndata: {\"seq\":\"512\"}\n\n")
          .contains("id: 512\nevent: message\ndata: {\"id\":")
          .doesNotContain("id: 512\nevent: head\ndata: {\"seq\":\"512\"}\n\nid: 512");
      assertThat(text().indexOf("event: head")).isLessThan(text().indexOf("id: 512"));
    }
    Await.until(LONG, "the stream is forgotten", () -> streams() == 0);
  }

  @Test
  void theLastEventsIdShouldWinOverTheQuery() throws Exception {
    try (Socket socket = watch("?since=256", "Last-Event-ID: 512\r\n")) {
      readUntil(socket, "id: 512\nevent: head"); // after at most five seconds
      assertThat(text()).doesNotContain("event: message");
    }
  }

  @Test
  void aStreamShouldSayWhyItEnds() throws Exception {
    try (Socket socket = watch("", "")) {
      readUntil(socket, "event: head");
      assertThat(streams()).isEqualTo(1);
      assertThat(face.api.tokens.revoke(face.api.alices).blockingGet()).isTrue();
      readUntil(socket, "event: error\ndata: ");
      readUntil(socket, "}");
      assertThat(text()).contains("\"status\":401");
    }
    Await.until(LONG, "the stream is forgotten", () -> streams() == 0);
  }

  @Test
  void whatCantBeWatchedShouldBeRefusedBeforeItBegins() {
    assertThat(face.get("/v1/users/bob/watch").status()).isEqualTo(403);
    assertThat(face.get("/v1/users/alice/watch?since=x").detail()).startsWith("since:");
    assertThat(face.get("/v1/users/alice/watch", "Last-Event-ID", "x").status()).isEqualTo(400);
    assertThat(face.send("HEAD", "/v1/users/alice/watch", "").status()).isEqualTo(400);
    assertThat(streams()).isZero();
  }

  private double streams() {
    return face.metrics.get("tributary.http.streams").gauge().value();
  }

  private Socket watch(String query, String headers) throws IOException {
    Socket socket = new Socket("127.0.0.1", face.port);
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            ("GET /v1/users/alice/watch"
                    + query
                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + face.api.alices
                    + "\r\n"
                    + headers
                    + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void readUntil(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    int from = seen.size();
    while (!text().substring(Math.min(from, text().length())).contains(end)) {
      int read = in.read();
      assertThat(read).as("ended after %s", text()).isNotNegative();
      seen.write(read);
    }
  }

  private String text() {
    return seen.toString(StandardCharsets.UTF_8);
  }
}
