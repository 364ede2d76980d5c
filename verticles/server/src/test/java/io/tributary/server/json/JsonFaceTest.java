package io.tributary.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.codecs.json.MessageJson;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.json.JsonFixture.Answer;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.ApiFixture;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaceTest {
  private static final String MESSAGES = "/v1/users/alice/messages";
  private static final String ONE = MESSAGES + "/" + ApiFixture.MESSAGE;
  private static final String THREADS = "/v1/users/alice/threads";

  private final JsonFixture face = new JsonFixture(JsonFixture.LIMITS, List.of());

  @AfterEach
  void close() {
    face.close();
  }

  @Test
  void aMessageShouldBeTheOneShapeAndUnchangedWhileItsTagIs() {
    MessageView view = ApiFixture.view(ApiFixture.MESSAGE);
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(view));

    Answer first = face.get(ONE);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type")).isEqualTo("application/json");
    assertThat(new String(first.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(MessageJson.write(view));
    assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
    String tag = first.header("ETag");
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      Answer again = face.get(ONE, "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(tag);
    }
    assertThat(face.get(ONE, "If-None-Match", "\"x\"").status()).isEqualTo(200);
    Answer head = face.send("HEAD", ONE, "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo(tag);
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(first.bytes().length));
  }

  @Test
  void listingsShouldTakeTheirParametersFromTheQuery() {
    face.api.mailbox =
        request -> Optional.of(new ReadOutcome.Found<>(new Page<>(List.of(), Optional.of("next"))));

    Answer answer =
        face.get(
            THREADS
                + "/"
                + ApiFixture.MESSAGE
                + "/messages?pageSize=7&pageToken=a%20b&newestFirst=true&freshness=LATEST");

    assertThat(answer.json().getString("nextPageToken")).isEqualTo("next");
    assertThat(face.api.asked)
        .containsExactly(
            new MailboxRequest.ListMessages(
                new io.tributary.mailbox.MailboxRef(face.api.alice.id(), 1),
                Optional.of(ApiFixture.MESSAGE),
                new io.tributary.mailbox.MessageOrder(true, false),
                new PageRequest(7, Optional.of("a b")),
                io.tributary.mailbox.Freshness.LATEST));
  }

  @ParameterizedTest
  @CsvSource({
    "pageSize=201, pageSize:",
    "pageSize=-1, pageSize:",
    "pageSize=x, pageSize:",
    "pageSize=99999999999, pageSize:",
    "page_size=5, query: there is no parameter page_size",
    "pageSize=5&pageSize=6, pageSize:",
    "freshness=SOON, freshness:",
    "unreadOnly=1, unreadOnly:",
    "folder=Inbox, folder:",
    "flag=A%20B, flag:",
    "nonsense=1, query: there is no parameter nonsense",
    "user=bob, user:",
  })
  void badParametersShouldBeNamed(String query, String beginning) {
    Answer answer = face.get(THREADS + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith(beginning);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().getString("trace")).hasSize(16);
    assertThat(face.api.asked).isEmpty();
  }

  @Test
  void aPageTokenOfSomethingElseShouldBeNamed() {
    face.api.mailbox = request -> Optional.of(new ReadOutcome.BadPageToken<>());
    Answer answer = face.get(THREADS + "?pageToken=x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith("pageToken:");
  }

  @Test
  void aSendShouldCarryItsBodyAndAnswerTheMessage() {
    face.api.commandsAreDoneAt(Position.of(9, 0));

    Answer sent =
        face.send(
            "POST",
            MESSAGES,
            """
            {"to": ["bob"], "text": "hi \\ud83d\\ude00", "requestId": "r1"}""");

    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.json().getString("text")).isEqualTo("Text");
    Command.Send command =
        face.api.asked.stream()
            .filter(MailboxRequest.Execute.class::isInstance)
            .map(asked -> (Command.Send) ((MailboxRequest.Execute) asked).command())
            .findFirst()
            .orElseThrow();
    assertThat(command.text()).isEqualTo("hi \ud83d\ude00");
    assertThat(command.client().id()).isEqualTo("r1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"to\": [\"bob\"], \"text\": \"hi\", \"colour\": 1} | colour",
        "{\"to\": [\"bob\"], \"text\": {\"a\": 1}} | body:",
        "{\"to\": \"bob\", \"text\": \"hi\"} | body:",
        "{\"to\": [\"bob\"], \"text\": \"hi\", \"user\": \"alice\"} | user:",
        "{\"to\": [\"bob\"], \"text\": \"\\ud83d\"} | text:",
        "{\"to\": [\"bob\"], \"text\": \"hi\", \"text\": \"ho\"} | body:",
        "{to: ['bob'], text: 'hi'} | body:",
        "{\"to\": [\"bob\"], \"text\": \"hi\"} {} | body:",
        "[] | body:",
        "nonsense | body:",
        "null | body:",
        "{\"to\": [\"bob\"]} | text:",
        "{\"to\": [], \"text\": \"hi\"} | to:",
      })
  void badBodiesShouldBeRefusedByName(String body, String named) {
    Answer answer = face.send("POST", MESSAGES, body);

    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.detail()).contains(named);
    assertThat(face.api.asked).isEmpty();
  }

  @Test
  void deepAndHugeBodiesShouldBeRefused() {
    String deep = "{\"to\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(face.send("POST", MESSAGES, deep).status()).isEqualTo(400);
    String deepFields = "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000);
    assertThat(face.send("POST", MESSAGES, deepFields).status()).isEqualTo(400);
    String huge = "{\"text\": \"" + "x".repeat(300_000) + "\"}";
    Answer refused = face.send("POST", MESSAGES, huge);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "application/json; charset=latin1",
        "application/jsonp",
      })
  void otherMediaTypesShouldBeRefused(String type) {
    Answer answer =
        face.send("POST", MESSAGES, "{\"to\":[\"bob\"],\"text\":\"hi\"}", "Content-Type", type);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(face.send("POST", MESSAGES, "{}", "Content-Encoding", "gzip").status())
        .isEqualTo(415);
  }

  @Test
  void jsonWithItsCharsetShouldBeTaken() {
    face.api.commandsAreDoneAt(Position.of(9, 0));
    assertThat(
            face.send(
                    "POST",
                    MESSAGES,
                    "{\"to\":[\"bob\"],\"text\":\"hi\"}",
                    "Content-Type",
                    "application/json; charset=UTF-8")
                .status())
        .isEqualTo(200);
  }

  @Test
  void tokensShouldBeAskedForAndOpenOnlyTheirOwn() {
    for (String header : List.of("", "Bearer ", "Bearer trb_wrong", "Basic YTpi")) {
      Answer answer = face.get(ONE, "Authorization", header);
      assertThat(answer.status()).as(header).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
    for (String other : List.of("bob", "nobody")) {
      assertThat(face.get("/v1/users/" + other + "/mailbox").status()).isEqualTo(403);
      assertThat(face.get("/v1/users/" + other).status()).isEqualTo(403);
    }
    assertThat(face.get("/v1/users").status()).isEqualTo(403);
    assertThat(face.get("/v1/ring").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/users/..%2f..%2fetc%2fpasswd/mailbox, 400",
    "/v1/users/alice%00/mailbox, 400",
    "/v1/users/%2561lice/mailbox, 400",
    "/v1/users/alice/messages/..%2fraw, 400",
    "/v1/users/alice/messages/%2e%2e%2fraw, 400",
    "/v1/users/alice/messages/x/parts/1, 400",
    "/v1/users/alice/messages/AAAAAAAAAAEAAAAAAAACAA/parts/-1, 400",
    "/v1/users/alice/messages/AAAAAAAAAAEAAAAAAAACAA/parts/x, 400",
    "/v1/users/alice/messages/AAAAAAAAAAEAAAAAAAACAA/parts/99999999999, 400",
    "/v1/users//mailbox, 403",
    "/v1/, 404",
    "/v1/users/alice/nonsense, 404",
    "/v1/users/alice/mailbox/, 200",
    "/v1/users/%61lice/mailbox, 200",
    "/v1/users/Alice/mailbox, 200",
    "/v1/users/x/../alice/mailbox, 200",
  })
  void strangePathsShouldNeverReachWhatTheyName(String path, int status) {
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(stats()));
    assertThat(face.get(path).status()).isEqualTo(status);
  }

  private static io.tributary.mailbox.MailboxStats stats() {
    return new io.tributary.mailbox.MailboxStats(
        Position.of(2, 0),
        new io.tributary.mailbox.MailboxStats.Counts(1, 2, 3, 4),
        List.of(),
        List.of());
  }

  @Test
  void badPercentEncodingShouldBeRefused() throws Exception {
    try (var socket = new java.net.Socket("127.0.0.1", face.port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/users/%zz/mailbox HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + face.api.alices
                      + "\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String answer =
          new String(
              socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void otherMethodsShouldBeRefusedWithWhatIsAllowed() {
    Answer answer = face.send("PUT", MESSAGES, "{}");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, PATCH, POST");
    assertThat(face.send("DELETE", "/v1/users/alice", "").header("Allow")).isEqualTo("GET, HEAD");
    assertThat(face.send("OPTIONS", MESSAGES, "").status()).isEqualTo(405);
  }

  @Test
  void whatIsBusyOrAwayShouldSayWhenToTryAgain() {
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Retry<>("busy"));
    Answer busy = face.get(ONE);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.header("Retry-After")).isEqualTo("1");
    face.api.directory.away(true);
    assertThat(face.get(ONE).status()).isEqualTo(503);
    assertThat(face.metrics.get("tributary.http.in.flight").gauge().value()).isZero();
  }

  @Test
  void tooManyAtOnceShouldBeToldToRetry() {
    JsonFixture narrow = new JsonFixture(new ApiRoutes.Limits(262_144, 1, 1), List.of());
    try {
      var held =
          narrow.client.sendAsync(
              java.net.http.HttpRequest.newBuilder(
                      java.net.URI.create("http://127.0.0.1:" + narrow.port + ONE))
                  .header("Authorization", "Bearer " + narrow.api.alices)
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.discarding());
      io.tributary.store.testing.Await.until(
          java.time.Duration.ofSeconds(10), "one is held", () -> !narrow.api.asked.isEmpty());
      Answer second = narrow.get(ONE);
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(held).isNotDone();
    } finally {
      narrow.close();
    }
  }

  @Test
  void changesShouldReachTheMailbox() {
    face.api.commandsAreDoneAt(Position.of(9, 0));
    Answer modified =
        face.send(
            "PATCH",
            THREADS + "/" + ApiFixture.MESSAGE,
            "{\"addFlags\":[\"work\"],\"folder\":\"ARCHIVE\",\"readSeq\":\"512\"}");
    assertThat(modified.json().getString("seq")).isEqualTo("2304");
    assertThat(face.send("PATCH", ONE, "{\"removeFlags\":[\"x\"]}").status()).isEqualTo(200);
    assertThat(face.send("DELETE", ONE + "?requestId=r1", "").status()).isEqualTo(200);
    assertThat(face.send("DELETE", THREADS + "/" + ApiFixture.MESSAGE, "").status()).isEqualTo(200);
    assertThat(face.send("DELETE", "/v1/users/alice/changes/2304", "").status()).isEqualTo(200);
    assertThat(
            face.send("POST", "/v1/users/alice/contacts", "{\"addresses\":[\"+12025550199\"]}")
                .status())
        .isEqualTo(200);
    assertThat(face.send("DELETE", "/v1/users/alice/changes/x", "").detail()).startsWith("seq:");
    List<Command> commands =
        face.api.asked.stream()
            .filter(MailboxRequest.Execute.class::isInstance)
            .map(asked -> ((MailboxRequest.Execute) asked).command())
            .toList();
    assertThat(commands)
        .hasExactlyElementsOfTypes(
            Command.MarkRead.class,
            Command.Modify.class,
            Command.Modify.class,
            Command.Modify.class,
            Command.Modify.class,
            Command.Undo.class,
            Command.SetContact.class);
    assertThat(((Command.Modify) commands.get(3)).scope().messages())
        .containsExactly(ApiFixture.MESSAGE);
  }

  @Test
  void usersAddressesAndTokensShouldBeForOperators() {
    String bob = "{\"name\":\"carl\",\"email\":\"carl@example.com\"}";
    assertThat(face.send("POST", "/v1/users", bob).status()).isEqualTo(403);
    assertThat(face.operator("POST", "/v1/users", bob).json().getString("name")).isEqualTo("carl");
    assertThat(face.operator("POST", "/v1/users", bob).status()).isEqualTo(409);
    assertThat(face.operator("GET", "/v1/users?pageSize=1", "").json().getJsonArray("users"))
        .hasSize(1);
    assertThat(
            face.operator("POST", "/v1/users/carl/addresses", "{\"address\":\"+12025550177\"}")
                .json()
                .getJsonArray("addresses")
                .getList())
        .contains("sms:+12025550177");
    assertThat(face.operator("GET", "/v1/addresses/sms:+12025550177", "").json().getString("name"))
        .isEqualTo("carl");
    assertThat(face.operator("DELETE", "/v1/users/carl/addresses/sms:%2B12025550177", "").status())
        .isEqualTo(200);
    String token =
        face.operator("POST", "/v1/tokens", "{\"user\":\"bob\",\"scope\":\"USER\"}")
            .json()
            .getString("token");
    assertThat(face.get("/v1/users/bob", "Authorization", "Bearer " + token).status())
        .isEqualTo(200);
    JsonObject revoked =
        face.operator("POST", "/v1/revocations", "{\"token\":\"" + token + "\"}").json();
    assertThat(revoked.getBoolean("revoked")).isTrue();
    assertThat(face.get("/v1/users/bob", "Authorization", "Bearer " + token).status())
        .isEqualTo(401);
    assertThat(face.operator("GET", "/v1/users/bob/location", "").json().getString("node"))
        .isEqualTo("n1");
    assertThat(face.api.tokens.issue(Scope.OPERATOR, Optional.empty()).blockingGet()).isNotNull();
  }

  @Test
  void rawShouldBeServedInRanges() {
    Bytes raw = Bytes.ofUtf8("0123456789");
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(raw));
    Answer whole = face.get(ONE + "/raw");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.bytes()).isEqualTo(raw.toArray());
    assertThat(whole.header("Content-Type")).isEqualTo("message/rfc822");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    String tag = whole.header("ETag");

    ranged("bytes=0-3", 206, "0123", "bytes 0-3/10");
    ranged("bytes=8-", 206, "89", "bytes 8-9/10");
    ranged("bytes=-3", 206, "789", "bytes 7-9/10");
    ranged("bytes=-99", 206, "0123456789", "bytes 0-9/10");
    ranged("bytes=5-999999999999", 206, "56789", "bytes 5-9/10");
    ranged("bytes=0-1,3-4", 200, "0123456789", "");
    ranged("bytes=5-2", 200, "0123456789", "");
    ranged("lines=1-2", 200, "0123456789", "");
    ranged("bytes=-", 200, "0123456789", "");
    ranged("bytes=99999999999999999999-", 200, "0123456789", "");
    Answer none = face.get(ONE + "/raw", "Range", "bytes=10-");
    assertThat(none.status()).isEqualTo(416);
    assertThat(none.header("Content-Range")).isEqualTo("bytes */10");
    assertThat(face.get(ONE + "/raw", "Range", "bytes=-0").status()).isEqualTo(416);
    assertThat(face.get(ONE + "/raw", "Range", "bytes=0-0", "If-Range", tag).status())
        .isEqualTo(206);
    assertThat(face.get(ONE + "/raw", "Range", "bytes=0-0", "If-Range", "\"other\"").status())
        .isEqualTo(200);
    assertThat(face.get(ONE + "/raw", "If-None-Match", tag).status()).isEqualTo(304);
    Answer head = face.send("HEAD", ONE + "/raw", "", "Range", "bytes=0-3");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
  }

  private void ranged(String range, int status, String bytes, String contentRange) {
    Answer answer = face.get(ONE + "/raw", "Range", range);
    assertThat(answer.status()).as(range).isEqualTo(status);
    assertThat(answer.bytes()).as(range).isEqualTo(Bytes.ofUtf8(bytes).toArray());
    assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
  }

  @Test
  void aLargeRawShouldArriveByteForByte() {
    byte[] raw = new byte[1_048_576];
    new java.util.Random(5).nextBytes(raw);
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(Bytes.ofOwned(raw)));
    assertThat(face.get(ONE + "/raw").bytes()).isEqualTo(raw);
  }

  @Test
  void aHostilePartShouldBeAFileThatDoesNothing() {
    Bytes raw =
        Bytes.ofUtf8(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
                + "Content-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n");
    MessageView view = ApiFixture.view(ApiFixture.MESSAGE);
    MessageView hostile =
        new MessageView(
            view.id(),
            view.thread(),
            view.position(),
            view.channel(),
            view.from(),
            view.to(),
            "",
            "",
            0,
            false,
            List.of(new Part("a\"b\r\nX: y\u00e4.html", "text/html", 25)),
            MessageView.Marks.NONE);
    face.api.mailbox =
        request ->
            Optional.of(
                new ReadOutcome.Found<>(
                    request instanceof MailboxRequest.GetMessage ? hostile : raw));
    Answer part = face.get(ONE + "/parts/0");
    assertThat(part.status()).isEqualTo(200);
    assertThat(part.bytes()).isEqualTo(Bytes.ofUtf8("<script>alert(1)</script>").toArray());
    assertThat(part.header("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''a%22b%0D%0AX%3A%20y%C3%A4.html");
    assertThat(part.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(part.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(part.header("X")).isEmpty();
    assertThat(face.get(ONE + "/parts/1").status()).isEqualTo(404);
    assertThat(Replies.safeType("text/html; x=\"y\"")).isEqualTo("application/octet-stream");
    assertThat(Replies.safeType("text/html\r\nX: y")).isEqualTo("application/octet-stream");
  }

  @Test
  void searchShouldSayThatItIsNotThereYet() {
    assertThat(face.get("/v1/users/alice/search?query=x").status()).isEqualTo(501);
  }

  @Test
  void aMistakeOfOursShouldShowNothingButItsTrace() {
    face.api.mailbox = request -> Optional.of(new ReadOutcome.Found<>("of another type"));
    Answer answer = face.get(ONE);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.detail()).isEqualTo("internal error");
    assertThat(answer.json().getString("trace")).hasSize(16);
  }

  @Test
  void otherOriginsShouldBeAllowedOnlyIfListed() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
    assertThat(face.get(ONE, "Origin", "https://a.example").header("Access-Control-Allow-Origin"))
        .isEmpty();
    JsonFixture open = new JsonFixture(JsonFixture.LIMITS, List.of("https://a.example"));
    try {
      open.api.mailbox =
          request -> Optional.of(new ReadOutcome.Found<>(ApiFixture.view(ApiFixture.MESSAGE)));
      Answer allowed = open.get(ONE, "Origin", "https://a.example");
      assertThat(allowed.status()).isEqualTo(200);
      assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
      Answer preflight =
          open.send(
              "OPTIONS",
              ONE,
              "",
              "Origin",
              "https://a.example",
              "Access-Control-Request-Method",
              "PATCH");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PATCH");
      assertThat(open.get(ONE, "Origin", "https://b.example").status()).isEqualTo(403);
    } finally {
      open.close();
    }
  }
}
