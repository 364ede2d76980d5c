package io.tributary.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.chat.ChatEnvironment;
import io.tributary.channels.chat.ChatGate;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatLimits;
import io.tributary.channels.chat.ChatObserver;
import io.tributary.channels.chat.ChatPorts;
import io.tributary.channels.chat.ChatSettings;
import io.tributary.channels.chat.ChatTimes;
import io.tributary.channels.chat.testing.FakeConversations;
import io.tributary.channels.chat.testing.FakeTokens;
import io.tributary.channels.live.testing.FakeLiveFeed;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.server.http.HttpLoop;
import io.tributary.server.http.HttpRoutes;
import io.tributary.server.http.HttpVerticle;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chat over real sockets, with ports that answer from memory. */
class ChatFaceTest {
  private static final String HELLO =
      "{\"type\":\"hello\",\"token\":\"alice\",\"device\":\"phone\",\"since\":\"0\"}";
  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0xc0;

  private static final ChatTimes TIMES =
      new ChatTimes(
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(3));

  private final Vertx vertx = Vertx.vertx();
  private final ChatGate gate = new ChatGate(new ChatGate.Bounds(100, 10));
  private final HttpVerticle testee =
      new HttpVerticle(
          new HttpVerticle.Listen("127.0.0.1", 0, Duration.ofSeconds(5)),
          InstantSource.system(),
          loop -> List.of(routes(loop)));
  private String deployment = "";

  @BeforeEach
  void deploy() {
    deployment = vertx.deployVerticle(testee).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theHandshakeShouldAgreeOnTheSubprotocol() {
    try (RawWebSocket client = connect("Sec-WebSocket-Protocol: other, tributary.v1")) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.response().toLowerCase(java.util.Locale.ROOT))
          .contains("sec-websocket-protocol: tributary.v1")
          .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=");
    }
  }

  @Test
  void helloAndSendShouldBeAnswered() {
    try (RawWebSocket client = connect()) {
      client.say(HELLO);
      assertThat(client.readType("welcome")).contains("\"user\":\"alice\"", "\"node\":\"n1\"");
      client.say(
          "{\"type\":\"send\",\"id\":\"1\",\"to\":[\"bob\"],\"text\":\"h\u00e9 \uD83D\uDE00\"}");
      assertThat(client.readType("sent")).contains("\"id\":\"1\"", "h\u00e9 \uD83D\uDE00");
    }
  }

  @Test
  void whatIsNoUpgradeShouldBeAProblem() {
    String host = "Host: 127.0.0.1";
    assertProblem(List.of(host), 426);
    assertProblem(
        List.of(host, "Upgrade: gopher", "Connection: Upgrade", "Sec-WebSocket-Version: 13"), 426);
    assertProblem(
        List.of(host, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 8"),
        426);
    assertProblem(
        List.of(host, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"),
        400);
    assertProblem(
        List.of(
            host,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: tributary.v2, mqtt"),
        400);
  }

  @Test
  void aHandshakeWithoutAKeyShouldBeRefused() {
    try (RawWebSocket client =
        request(
            List.of(
                "Host: 127.0.0.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: tributary.v1"))) {
      assertThat(client.status()).isEqualTo(400);
    }
  }

  @Test
  void aHandshakeWithABodyShouldBeRefused() {
    for (String body : List.of("Content-Length: 5", "Transfer-Encoding: chunked")) {
      try (RawWebSocket client = connect(body)) {
        assertThat(client.status()).isEqualTo(400);
      }
    }
  }

  @Test
  void otherMethodsShouldBeRefused() {
    try (RawWebSocket client =
        RawWebSocket.request(
            testee.boundPort(), "DELETE /chat HTTP/1.1", List.of("Host: 127.0.0.1"))) {
      assertThat(client.status()).isEqualTo(405);
      assertThat(client.response()).containsIgnoringCase("allow: GET");
    }
  }

  @Test
  void pagesOfOtherOriginsShouldBeRefused() {
    assertThat(statusWith("Origin: https://evil.example.com")).isEqualTo(403);
    assertThat(statusWith("Origin: null")).isEqualTo(403);
    assertThat(statusWith("Origin: http://127.0.0.1")).isEqualTo(403);
    assertThat(statusWith("Origin: http://127.0.0.1:" + testee.boundPort())).isEqualTo(101);
    assertThat(statusWith("Origin: https://inbox.example.com")).isEqualTo(101);
  }

  @Test
  void unmaskedFramesShouldEndTheConnection() {
    try (RawWebSocket client = greeted()) {
      client.sendUnmasked("{}");
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void reservedFramesShouldEndTheConnection() {
    try (RawWebSocket client = greeted()) {
      client.send(FINAL | 5, "{}".getBytes(StandardCharsets.UTF_8));
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void anOversizedFrameShouldEndTheConnectionByItsHeadAlone() {
    try (RawWebSocket client = greeted()) {
      client.promise(FINAL | RawWebSocket.TEXT, 128 * 1024 + 1);
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void theLargestMessageShouldBeTaken() {
    try (RawWebSocket client = greeted()) {
      String text = "x".repeat(64 * 1024);
      client.say("{\"type\":\"send\",\"id\":\"1\",\"to\":[\"bob\"],\"text\":\"" + text + "\"}");
      assertThat(client.readType("sent")).contains(text);
    }
  }

  @Test
  void fragmentsShouldBePutTogether() {
    byte[] text =
        "{\"type\":\"send\",\"id\":\"1\",\"to\":[\"bob\"],\"text\":\"\u20ac\"}"
            .getBytes(StandardCharsets.UTF_8);
    try (RawWebSocket client = greeted()) {
      client.send(RawWebSocket.TEXT, new byte[0]);
      for (int at = 0; at < text.length; at++) {
        client.send(RawWebSocket.CONTINUATION, new byte[] {text[at]});
        if (at == 7) {
          client.send(FINAL | RawWebSocket.PING, new byte[] {1});
        }
      }
      client.send(FINAL | RawWebSocket.CONTINUATION, new byte[0]);
      assertThat(client.readType("sent")).contains("\u20ac");
    }
  }

  @Test
  void fragmentsThatAreTooMuchTogetherShouldEndTheConnection() {
    try (RawWebSocket client = greeted()) {
      byte[] piece = new byte[40 * 1024];
      client.send(RawWebSocket.TEXT, piece);
      for (int number = 0; number < 3; number++) {
        client.send(RawWebSocket.CONTINUATION, piece);
      }
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void compressionShouldKeepNothingBetweenMessagesWhateverIsOffered() {
    try (RawWebSocket client = compressing()) {
      assertThat(client.response().toLowerCase(java.util.Locale.ROOT))
          .contains(
              "permessage-deflate", "server_no_context_takeover", "client_no_context_takeover");
      String text = "x".repeat(5_000);
      for (int number = 0; number < 3; number++) {
        String send =
            "{\"type\":\"send\",\"id\":\""
                + number
                + "\",\"to\":[\"bob\"],\"text\":\""
                + text
                + "\"}";
        client.send(
            COMPRESSED | RawWebSocket.TEXT, deflated(send.getBytes(StandardCharsets.UTF_8)));
        RawWebSocket.Frame sent = client.readUntil(RawWebSocket.TEXT);
        while (!sent.isCompressed()) {
          sent = client.readUntil(RawWebSocket.TEXT);
        }
        assertThat(sent.payload().length).isLessThan(1_000);
        assertThat(inflated(sent.payload())).contains("\"sent\"", text);
      }
    }
  }

  @Test
  void shortMessagesShouldNotBeCompressed() {
    try (RawWebSocket client = compressing()) {
      client.say("not json");
      RawWebSocket.Frame error = client.readUntil(RawWebSocket.TEXT);
      assertThat(error.isCompressed()).isFalse();
    }
  }

  @Test
  void whatInflatesToTooMuchShouldEndTheConnection() {
    byte[] bomb = deflated(new byte[64 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(128 * 1024);
    try (RawWebSocket client = compressing()) {
      client.send(COMPRESSED | RawWebSocket.TEXT, bomb);
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1009);
    }
  }

  private RawWebSocket compressing() {
    RawWebSocket client =
        connect("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits").say(HELLO);
    assertThat(client.readType("welcome")).isNotEmpty();
    return client;
  }

  /** RFC 7692 section 7.2.1. */
  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    byte[] all = new byte[bytes.length / 100 + 1_000];
    int length = deflater.deflate(all, 0, all.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(all, length - 4);
  }

  private static String inflated(byte[] bytes) {
    Inflater inflater = new Inflater(true);
    byte[] tail = Arrays.copyOf(bytes, bytes.length + 4);
    tail[tail.length - 1] = (byte) 0xff;
    tail[tail.length - 2] = (byte) 0xff;
    inflater.setInput(tail);
    byte[] all = new byte[100_000];
    try {
      return new String(all, 0, inflater.inflate(all), StandardCharsets.UTF_8);
    } catch (DataFormatException wrong) {
      throw new AssertionError(wrong);
    } finally {
      inflater.end();
    }
  }

  @Test
  void binaryFramesShouldBeSentAwayWithAWord() {
    try (RawWebSocket client = greeted()) {
      client.send(FINAL | RawWebSocket.BINARY, new byte[] {1, 2, 3});
      assertThat(client.readType("bye")).contains("text frames only");
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void whatIsNotUtf8ShouldEndTheConnection() {
    try (RawWebSocket client = greeted()) {
      client.send(FINAL | RawWebSocket.TEXT, new byte[] {'"', (byte) 0xff, '"'});
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void whatIsNotJsonShouldBeAnErrorAndNothingMore() {
    try (RawWebSocket client = greeted()) {
      client.say("not json");
      assertThat(client.readType("error")).contains("not_json");
      client.say("{\"type\":\"shout\"}");
      assertThat(client.readType("error")).contains("unknown_type");
    }
  }

  @Test
  void deepJsonShouldBeAnErrorAndNothingMore() {
    try (RawWebSocket client = greeted()) {
      for (String deep : List.of("[".repeat(60_000), "{\"a\":".repeat(20_000))) {
        client.say("{\"type\":\"send\",\"id\":\"1\",\"text\":\"x\",\"to\":" + deep);
        assertThat(client.readType("error")).contains("not_json", "too deep");
      }
      assertThat(sent(client, "2", "[\"bob\"]", "still here")).contains("\"sent\"");
    }
  }

  @Test
  void sendsToNobodyAndToTooManyShouldBeRefusedByName() {
    String people = "\"bob\",".repeat(1_000);
    try (RawWebSocket client = greeted()) {
      assertThat(sent(client, "1", "[]", "hi")).contains("\"error\"", "invalid", "to: ");
      assertThat(sent(client, "2", "[" + people + "\"bob\"]", "hi"))
          .contains("\"error\"", "invalid", "1 to 1000 addresses", "1001");
      assertThat(sent(client, "3", "[\"nobody\"]", "hi")).contains("unknown_recipient");
      assertThat(sent(client, "4", "[\"a b\"]", "hi")).contains("invalid", "to: ");
      assertThat(sent(client, "5", "[\"bob\"]", "\\ud800")).contains("invalid", "surrogate");
    }
  }

  @Test
  void anIdUsedAgainShouldBeTheSameMessageOrRefused() {
    try (RawWebSocket client = greeted()) {
      String first = sent(client, "1", "[\"bob\"]", "once");
      assertThat(sent(client, "1", "[\"bob\"]", "once")).isEqualTo(first);
      assertThat(sent(client, "1", "[\"bob\"]", "twice"))
          .contains("id_reused", "\"retry\":false", "\"id\":\"1\"");
    }
  }

  /** What a send is answered. */
  private static String sent(RawWebSocket client, String id, String to, String text) {
    client.say(
        "{\"type\":\"send\",\"id\":\"%s\",\"to\":%s,\"text\":\"%s\"}".formatted(id, to, text));
    while (true) {
      String frame = client.readUntil(RawWebSocket.TEXT).text();
      if (frame.startsWith("{\"type\":\"sent\"") || frame.startsWith("{\"type\":\"error\"")) {
        return frame;
      }
    }
  }

  @Test
  void whoSaysNoHelloShouldBeSentAway() {
    try (RawWebSocket client = connect()) {
      assertThat(client.readType("bye")).contains("no hello in time");
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1008);
    }
    try (RawWebSocket client = connect().say("{\"type\":\"ack\",\"seq\":\"0\"}")) {
      assertThat(client.readType("bye")).contains("the first frame must be a hello");
      assertThat(client.readUntil(RawWebSocket.CLOSE).closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void aBadTokenShouldBeToldAndClosed() {
    try (RawWebSocket client = connect()) {
      client.say("{\"type\":\"hello\",\"token\":\"mallory\",\"device\":\"phone\"}");
      assertThat(client.readType("bye")).contains("token invalid");
      RawWebSocket.Frame close = client.readUntil(RawWebSocket.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1008);
      client.send(FINAL | RawWebSocket.CLOSE, close.payload());
      assertThat(client.read()).isEmpty();
    }
  }

  @Test
  void pingsShouldBeAnswered() {
    try (RawWebSocket client = greeted()) {
      client.send(FINAL | RawWebSocket.PING, new byte[] {7});
      assertThat(client.readUntil(RawWebSocket.PONG).payload()).containsExactly(7);
    }
  }

  @Test
  void aClientThatIsGoneShouldLeaveItsPlace() {
    try (RawWebSocket client = greeted()) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(gate.sessions()).isEqualTo(1);
    }
    while (gate.sessions() > 0) {
      Thread.onSpinWait();
    }
    assertThat(gate.sessionsOf(new UserId(1))).isZero();
  }

  @Test
  void theServersEndShouldBeToldToEveryone() {
    try (RawWebSocket one = greeted();
        RawWebSocket two = connect()) {
      var stopping = vertx.undeploy(deployment);
      for (RawWebSocket client : List.of(one, two)) {
        assertThat(client.readType("bye")).contains("going away", "retryAfterMillis");
        RawWebSocket.Frame close = client.readUntil(RawWebSocket.CLOSE);
        assertThat(close.closeCode()).isEqualTo(1001);
        client.send(FINAL | RawWebSocket.CLOSE, close.payload());
        assertThat(client.read()).isEmpty();
      }
      stopping.await();
    }
  }

  @Test
  void aDeadPeerShouldBeDropped() {
    try (RawWebSocket client = greeted()) {
      client.readUntil(RawWebSocket.PING);
      client.readUntil(RawWebSocket.PING);
      while (client.read().isPresent()) {
        assertThat(gate.sessions()).isLessThan(2);
      }
    }
    while (gate.sessions() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aClientThatNeverReadsShouldBeDroppedAndTakeLittle() {
    try (RawWebSocket client = connect().say(HELLO)) {
      String text = "x".repeat(60_000);
      long sent = 0;
      while (gate.sessions() > 0 && sent < 2_000) {
        sent++;
        try {
          client.say(
              "{\"type\":\"send\",\"id\":\""
                  + sent
                  + "\",\"to\":[\"bob\"],\"text\":\""
                  + text
                  + "\"}");
        } catch (java.io.UncheckedIOException gone) {
          break;
        }
      }
      assertThat(sent).isLessThan(2_000);
    }
  }

  @Test
  void pingsOfAClientThatNeverReadsShouldNotPileUp() {
    byte[] pings = RawWebSocket.frames(FINAL | RawWebSocket.PING, new byte[125], 1_000);
    try (RawWebSocket client = connect()) {
      long written = client.writeWhileTaken(pings, 64 << 20) / pings.length * 1_000;
      client.send(FINAL | RawWebSocket.CLOSE, new byte[0]);

      assertThat(written).isGreaterThan(100_000);
      assertThat(client.countUntil(RawWebSocket.CLOSE)).isBetween(1L, written / 2);
    }
  }

  private HttpRoutes routes(HttpLoop loop) {
    FakeLiveFeed feed = new FakeLiveFeed(loop.scheduler());
    FakeTokens tokens = new FakeTokens();
    FakeConversations conversations = new FakeConversations(feed);
    tokens.issue("alice", new UserId(1), "alice");
    conversations.user(Address.parse("chat:alice"), new UserId(1));
    conversations.user(Address.parse("chat:bob"), new UserId(2));
    return new ChatRoutes(
        new ChatHost(
            new ChatSettings("n1", TIMES, ChatLimits.DEFAULT),
            new ChatEnvironment(loop.scheduler(), new Random(1)),
            new ChatPorts(tokens, feed, conversations),
            gate,
            ChatObserver.NONE),
        new Origins(List.of("self", "https://inbox.example.com")));
  }

  private RawWebSocket connect(String... moreHeaders) {
    return RawWebSocket.connect(testee.boundPort(), moreHeaders);
  }

  private RawWebSocket greeted() {
    RawWebSocket client = connect().say(HELLO);
    assertThat(client.readType("welcome")).isNotEmpty();
    return client;
  }

  private RawWebSocket request(List<String> headers) {
    return RawWebSocket.request(testee.boundPort(), "GET /chat HTTP/1.1", headers);
  }

  private int statusWith(String header) {
    try (RawWebSocket client = connect(header)) {
      return client.status();
    }
  }

  private void assertProblem(List<String> headers, int status) {
    try (RawWebSocket client = request(headers)) {
      assertThat(client.status()).isEqualTo(status);
      assertThat(client.response()).containsIgnoringCase("application/problem+json");
    }
  }
}
