package io.tributary.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.json.JsonFixture.Answer;
import io.tributary.server.testing.ApiFixture;
import io.tributary.store.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the JSON API that mean harm: to memory, to others, to what is stored. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
  private static final String MESSAGES = "/v1/users/alice/messages";
  private static final String POST =
      "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private final JsonFixture face = new JsonFixture(JsonFixture.LIMITS, List.of());

  @AfterAll
  void close() {
    face.close();
  }

  @Test
  void nothingShouldBeTakenOfTheBodyOfAStranger() throws Exception {
    try (Socket client = connect(POST + "Content-Length: 200000\r\nExpect: 100-continue\r\n\r\n")) {
      assertThat(head(client))
          .startsWith("HTTP/1.1 401 ")
          .containsIgnoringCase("connection: close");
      assertThat(bodiesBytes()).isZero();
    }
  }

  @Test
  void aCallerShouldBeToldToGoOnBeforeTheBodyIsSent() throws Exception {
    face.api.commandsAreDoneAt(Position.of(9, 0));
    String body = "{\"to\":[\"bob\"],\"text\":\"hi\"}";
    String length = "Content-Length: " + body.length() + "\r\n";
    try (Socket client = connect(POST + alice() + length + "Expect: 100-continue\r\n\r\n")) {
      assertThat(head(client)).startsWith("HTTP/1.1 100 ");
      write(client, body);
      assertThat(head(client)).startsWith("HTTP/1.1 200 ");
    }
    Await.until(Duration.ofSeconds(10), "nothing is held", () -> bodiesBytes() == 0);
  }

  @Test
  void aBodyThatStaysAwayShouldBeRefusedInTimeAndAGoneCallersForgotten() throws Exception {
    try (Socket slow = connect(POST + alice() + "Content-Length: 2000\r\n\r\n" + "x".repeat(999));
        Socket gone = connect(POST + alice() + "Content-Length: 2000\r\n\r\n" + "x".repeat(998))) {
      Await.until(Duration.ofSeconds(10), "both are held", () -> bodiesBytes() == 1_997);
      gone.close();
      Await.until(Duration.ofSeconds(10), "one is held", () -> bodiesBytes() == 999);
      assertThat(head(slow)).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close");
      assertThat(bodiesBytes()).isZero();
    }
  }

  @Test
  void aChunkedBodyThatNeverEndsShouldBeRefused() throws Exception {
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    try (Socket client = connect(POST + alice() + "Transfer-Encoding: chunked\r\n\r\n")) {
      for (int number = 0; number < 20; number++) {
        write(client, chunk);
      }
      assertThat(head(client)).startsWith("HTTP/1.1 413 ");
      assertThat(bodiesBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"to\":[\"bob\"],\"text\":\"a\\ud800\"}",
        "{\"to\":[\"bob\"],\"text\":\"\\udc00\"}",
        "{\"to\":[\"bob\"],\"text\":\"hi\",\"subject\":\"\\ude00\\ud83d\"}",
        "{\"to\":[\"bob\"],\"text\":\"hi\",\"requestId\":\"\\ud800\"}",
        "{\"to\":[\"bob\"],\"text\":\"hi\",\"device\":\"\\ud800\"}",
        "{\"to\":[\"bob\\ud800\"],\"text\":\"hi\"}",
      })
  void halvesOfSurrogatePairsShouldBeRefusedWhereverTheyStand(String body) {
    face.api.asked.clear();
    Answer answer = face.send("POST", MESSAGES, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).contains("half of a surrogate pair");
    assertThat(face.api.asked).isEmpty();
  }

  @Test
  void emojiShouldBeTaken() {
    face.api.commandsAreDoneAt(Position.of(9, 0));
    String body = "{\"to\":[\"bob\"],\"text\":\"\\ud83d\\ude00 \ud83d\ude00\"}";
    assertThat(face.send("POST", MESSAGES, body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pageSize=%2B5", "pageSize=%D9%A3", "pageSize=0x5", "pageSize=", "pageSize=5L"})
  void numbersOfOtherScriptsAndFormsShouldBeRefused(String query) {
    assertThat(face.get("/v1/users/alice/threads?" + query).detail()).startsWith("pageSize:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "If-Unmodified-Since"})
  void conditionsThatAreNotLookedAtShouldNotBePassedOver(String header) {
    face.api.asked.clear();
    for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
      String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
      String path = MESSAGES + (method.equals("DELETE") ? "/x" : "");
      assertThat(face.send(method, path, body, header, "\"x\"").status()).isEqualTo(412);
    }
    assertThat(face.api.asked).isEmpty();
  }

  @Test
  void aWayAroundProxiesShouldNotBeOpened() throws Exception {
    String upgrade =
        "GET /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
    try (Socket client = connect(upgrade)) {
      assertThat(head(client)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void callersWhoAskAndNeverReadShouldShareABoundAndBeForgottenOnceGone() throws Exception {
    Bytes raw = Bytes.ofOwned(new byte[16 << 20]);
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(raw));
    String path = MESSAGES + "/" + ApiFixture.MESSAGE + "/raw";
    String get = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + alice() + "\r\n";
    List<Socket> deaf = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      deaf.add(connect(get));
      long held = number * (16L << 20);
      Await.until(Duration.ofSeconds(10), "it is held", () -> answersBytes() == held);
    }

    Answer refused = face.get(path);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("ETag") + refused.header("Content-Disposition")).isEmpty();
    assertThat(refused.json().getInteger("status")).isEqualTo(503);

    for (Socket client : deaf) {
      client.close();
    }
    Await.until(Duration.ofSeconds(10), "nothing is held", () -> answersBytes() == 0);
    assertThat(face.get(path).bytes()).hasSize(raw.length());
    Await.until(Duration.ofSeconds(10), "nothing is held", () -> answersBytes() == 0);
  }

  private long answersBytes() {
    return (long) face.metrics.get("tributary.http.answers.bytes").gauge().value();
  }

  private String alice() {
    return "Authorization: Bearer " + face.api.alices + "\r\n";
  }

  private long bodiesBytes() {
    return (long) face.metrics.get("tributary.http.bodies.bytes").gauge().value();
  }

  private Socket connect(String request) throws IOException {
    Socket client = new Socket("127.0.0.1", face.port);
    client.setSoTimeout(20_000);
    write(client, request);
    return client;
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Up to the empty line. */
  private static String head(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as(head.toString()).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
