package io.tributary.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The JSON face of a node on a real HBase. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PICTURE = "not quite a picture";

  private final RunningNode node;
  private final People people;
  private final HttpClient client = HttpClient.newHttpClient();

  JsonIT(HBaseProcess hbase, @TempDir Path folder) {
    node = RunningNode.start(hbase, folder, Map.of("TRIBUTARY_NODE_ID", "json"));
    people = new People(node.grpc());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void aMessageShouldBeSentOnceListedAndUnchangedWhileItsTagIs() throws Exception {
    Person alice = people.person();
    Person bob = people.person();
    String body =
        new JsonObject()
            .put("to", List.of(bob.name()))
            .put("text", "gr\u00fc\u00dfe \ud83d\ude00")
            .put("requestId", "r1")
            .encode();

    JsonObject sent = object(call(alice, "POST", "/messages", body));
    JsonObject again = object(call(alice, "POST", "/messages", body));
    assertThat(asWritten(again)).isEqualTo(asWritten(sent));
    assertThat(call(alice, "POST", "/messages", body.replace("e ", "e! ")).statusCode())
        .isEqualTo(409);
    Await.until(SOON, "the copy", () -> !messages(bob).isEmpty());

    assertThat(messages(bob))
        .singleElement()
        .satisfies(copy -> assertThat(copy.getString("text")).isEqualTo(sent.getString("text")));
    String one = "/messages/" + sent.getString("id");
    Await.until(SOON, "settled", () -> get(alice, one).body().contains("DELIVERED"));
    String tag = get(alice, one).headers().firstValue("ETag").orElseThrow();
    assertThat(get(alice, one, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(bob, one.replace(alice.name(), bob.name())).statusCode()).isEqualTo(404);
  }

  /** A sent message without what the outbox settles meanwhile. */
  private static JsonObject asWritten(JsonObject message) {
    JsonObject written = message.copy();
    written.remove("recipients");
    return written;
  }

  @Test
  void aPartShouldComeInRanges() throws Exception {
    Person alice = people.person();
    try (RawSmtp smtp = node.smtp()) {
      assertThat(smtp.mail("carol@example.net", List.of(alice.email()), mailWithPicture()))
          .startsWith("250");
    }
    JsonObject message = messages(alice).get(0);
    JsonObject picture = message.getJsonArray("parts").getJsonObject(0);
    String path = "/messages/" + message.getString("id");
    String part = path + "/parts/" + picture.getInteger("index");

    HttpResponse<String> piece = get(alice, part, "Range", "bytes=4-8");
    assertThat(piece.statusCode()).isEqualTo(206);
    assertThat(piece.body()).isEqualTo(PICTURE.substring(4, 9));
    assertThat(piece.headers().firstValue("Content-Range"))
        .hasValue("bytes 4-8/" + PICTURE.length());
    assertThat(get(alice, part, "Range", "bytes=99-").statusCode()).isEqualTo(416);
    assertThat(get(alice, part).body()).isEqualTo(PICTURE);
    assertThat(get(alice, path + "/raw", "Range", "bytes=0-4").body()).isEqualTo("From:");
  }

  private static byte[] mailWithPicture() {
    String mail =
        """
        From: carol@example.net
        To: x@example.com
        Subject: picture
        Date: Mon, 23 Nov 2026 10:00:00 +0000
        Message-ID: <picture@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        see
        --b
        Content-Type: image/png; name=p.png
        Content-Disposition: attachment; filename=p.png

        %s
        --b--
        """
            .formatted(PICTURE);
    return mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aDeletionShouldBeUndone() throws Exception {
    Person alice = people.person();
    JsonObject note = sentTo(alice, people.person(), "keep me");
    String path = "/messages/" + note.getString("id");

    String seq = object(call(alice, "DELETE", path, "")).getString("seq");
    assertThat(messages(alice)).isEmpty();
    assertThat(call(alice, "DELETE", "/changes/" + seq, "").statusCode()).isEqualTo(200);

    assertThat(messages(alice)).singleElement().matches(one -> !one.getBoolean("deleted"));
  }

  @Test
  void aStreamShouldTellWhatWasMissedThenWhatHappens() throws Exception {
    Person alice = people.person();
    Person bob = people.person();
    JsonObject first = sentTo(alice, bob, "missed");
    JsonObject second = sentTo(alice, bob, "missed too");
    HttpRequest watch = request(alice, "/watch?since=" + first.getString("seq")).build();
    var stream = client.send(watch, BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(nextMessage(lines).getString("id")).isEqualTo(second.getString("id"));
      JsonObject third = sentTo(alice, bob, "live");
      assertThat(nextMessage(lines).getString("id")).isEqualTo(third.getString("id"));
    }
  }

  private static JsonObject nextMessage(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (!line.equals("event: message")) {
      line = lines.readLine();
    }
    return new JsonObject(lines.readLine().substring("data: ".length()));
  }

  @Test
  void strangersShouldSeeNothing() throws Exception {
    Person alice = people.person();
    Person mallory = people.person();
    JsonObject note = sentTo(alice, mallory, "between us");
    for (String path : List.of("/mailbox", "/messages", "/messages/" + note.getString("id"))) {
      URI uri = uri(alice, path);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + mallory.token());
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(403);
      assertThat(
              client
                  .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(401);
    }
  }

  private JsonObject sentTo(Person from, Person to, String text) throws Exception {
    String body = new JsonObject().put("to", List.of(to.name())).put("text", text).encode();
    return object(call(from, "POST", "/messages", body));
  }

  private List<JsonObject> messages(Person person) {
    return new JsonObject(get(person, "/messages").body())
        .getJsonArray("messages").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject object(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> get(Person person, String path, String... header) {
    HttpRequest.Builder request = request(person, path);
    if (header.length > 0) {
      request.headers(header);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpResponse<String> call(Person person, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request = request(person, path);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return client.send(
        request
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(Person person, String path) {
    return HttpRequest.newBuilder(uri(person, path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + person.token());
  }

  private URI uri(Person person, String path) {
    return URI.create("http://" + node.faces().http() + "/v1/users/" + person.name() + path);
  }
}
