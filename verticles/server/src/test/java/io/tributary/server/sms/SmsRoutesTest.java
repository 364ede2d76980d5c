package io.tributary.server.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.sms.SmsHost;
import io.tributary.channels.sms.SmsStatusIntake;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.config.ConfigLoader;
import io.tributary.config.SmsAccountConfig;
import io.tributary.config.TributaryConfig;
import io.tributary.server.http.HttpVerticle;
import io.tributary.server.metrics.SmsMetrics;
import io.tributary.server.testing.SmsSender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks over real sockets, to mailboxes that answer as told. */
@Timeout(30)
class SmsRoutesTest {
  private static final String ALICE = "+12025550101";
  private static final String CAROL = "+12025550177";

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile Single<IntakeOutcome> outcome = Single.just(new IntakeOutcome.Stored());
  private SmsSender sender;
  private int port;

  @BeforeEach
  void deploy(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), SmsSender.SECRET + "\n");
    TributaryConfig config =
        ConfigLoader.load(Optional.empty(), Map.of())
            .and(new SmsAccountConfig("twilio", "ACdemo", "", List.of(secret), "enforce"));
    SmsHost.Ports ports =
        new SmsHost.Ports(
            delivery ->
                Single.defer(
                    () -> {
                      deliveries.add(delivery);
                      return outcome;
                    }),
            address -> Single.just(lookup(address)),
            (recipient, status) -> Single.just(new SmsStatusIntake.Outcome.Noted()),
            Duration.ofSeconds(5));
    SmsPart part =
        SmsPart.of(
            config,
            ports,
            new SmsMetrics(metrics),
            new SmsPart.Environment(InstantSource.system(), new SecureRandom()));
    HttpVerticle face =
        new HttpVerticle(
            new HttpVerticle.Listen("127.0.0.1", 0, Duration.ofSeconds(1)),
            InstantSource.system(),
            loop -> List.of(part.routes(loop)));
    vertx.deployVerticle(face).await();
    port = face.boundPort();
    sender = new SmsSender("http://127.0.0.1:" + port);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static LookupOutcome lookup(Address address) {
    return address.value().equals(ALICE)
        ? new LookupOutcome.Known(new Recipient(new UserId(1), 1, address))
        : new LookupOutcome.Unknown();
  }

  @Test
  void signedMessageShouldBe204WithNothingInIt() throws Exception {
    HttpResponse<String> answer = sender.message(CAROL, ALICE, "hello");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(deliveries).extracting(one -> one.content().text()).containsExactly("hello");
    assertThat(counter("tributary_sms_stored_total")).isEqualTo(1);
    assertThat(counter("tributary_sms_accepted_total")).isEqualTo(1);
  }

  @Test
  void undecodedPathAndQueryShouldBeWhatIsSigned() throws Exception {
    String path = "/sms/twilio/ACd%65mo?a=%2f&b=%C3%A4";

    assertThat(sender.send(path, sender.form("SM1", CAROL, ALICE, "x")).statusCode())
        .isEqualTo(204);
  }

  @Test
  void hostHeaderShouldNotCount() throws Exception {
    String form = sender.form("SM1", CAROL, ALICE, "x");
    String evil = SmsSender.signature("http://evil.example/sms/twilio/ACdemo", form);
    String head =
        "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: evil.example\r\nContent-Type: " + SmsSender.FORM;

    assertThat(raw(head + "\r\nX-Twilio-Signature: " + evil + length(form) + form))
        .startsWith("HTTP/1.1 403 ");
    String right = SmsSender.signature("http://127.0.0.1:" + port + "/sms/twilio/ACdemo", form);
    assertThat(raw(head + "\r\nX-Twilio-Signature: " + right + length(form) + form))
        .startsWith("HTTP/1.1 204 ");
  }

  @Test
  void refusalShouldBeAProblemWithATrace() throws Exception {
    HttpResponse<String> answer = sender.message(CAROL, "+12025550199", "hello");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("title")).isEqualTo("Not Found");
    assertThat(problem.getString("detail")).endsWith("nobody's here");
    assertThat(problem.getString("trace")).matches("[0-9a-f]{16}");
  }

  @Test
  void storeAwayShouldSayWhenToTryAgain() throws Exception {
    outcome = Single.just(new IntakeOutcome.Retry("storage does not answer"));

    HttpResponse<String> answer = sender.message(CAROL, ALICE, "hello");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("5");
    assertThat(counter("tributary_sms_rejected_total")).isEqualTo(1);
  }

  @Test
  void wrongSignatureShouldBeCountedByAccount() throws Exception {
    String form = sender.form("SM1", CAROL, ALICE, "x");

    assertThat(sender.send("/sms/twilio/ACdemo", form, "x").statusCode()).isEqualTo(403);

    assertThat(metrics.scrape())
        .contains(
            "tributary_sms_signature_failures_total{account=\"twilio/ACdemo\",mode=\"enforce\"} 1");
    assertThat(deliveries).isEmpty();
  }

  @Test
  void nothingShouldBeTakenWithoutASignatureForThisVeryUrl() throws Exception {
    String path = "/sms/twilio/ACdemo";
    String form = sender.form("SM1", CAROL, ALICE, "x");
    String unsigned = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + SmsSender.FORM;
    String url = "http://127.0.0.1:" + port;

    assertThat(raw(unsigned + length(form) + form)).startsWith("HTTP/1.1 403 ");
    for (String elsewhere :
        List.of(
            "/sms/twilio/ACdemo?a=b",
            "/sms/twilio/ACdemo/",
            "/sms/twilio/ACdemo/status",
            "/sms/twilio/acdemo",
            "/sms/twilio/%41Cdemo")) {
      String signature = SmsSender.signature(url + elsewhere, form);
      assertThat(sender.send(path, form, signature).statusCode()).as(elsewhere).isEqualTo(403);
    }
    assertThat(sender.send(path, form, "").statusCode()).isEqualTo(403);
    assertThat(deliveries).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AccountSid=ACother&MessageSid=SM1&From=%2B12025550177&To=%2B12025550101&Body=x, 403",
    "MessageSid=SM1&From=%2B12025550177&To=%2B12025550101&Body=x, 400",
    "AccountSid=ACdemo&From=%2B12025550177&To=%2B12025550101&Body=x, 400",
    "AccountSid=ACdemo&MessageSid=S%0AM&From=%2B12025550177&To=%2B12025550101&Body=x, 400",
    "AccountSid=ACdemo&MessageSid=SM1&From=%2B1&To=%2B12025550101&Body=x, 400",
    "AccountSid=ACdemo&MessageSid=SM1&From=%2B12025550177&To=12025550101&Body=x, 400",
    "AccountSid=ACdemo&MessageSid=SM1&From=%2B12025550177&To=%2B999999999999999999&Body=x, 400",
    "AccountSid=ACdemo&MessageSid=SM1&From=%2B12025550177&To=%2B12025550199&Body=x, 404",
    "AccountSid=ACdemo&MessageSid=SM1&From=&To=%2B12025550101&Body=x, 400",
  })
  void signedButWrongShouldBeRefusedWithItsStatus(String form, int status) throws Exception {
    HttpResponse<String> answer = sender.send("/sms/twilio/ACdemo", form);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(deliveries).isEmpty();
  }

  @Test
  void emojiShouldStayAndHalvesOfPairsBeReplaced() throws Exception {
    String form = sender.form("SM1", CAROL, ALICE, "") + "%F0%9F%98%80%20%ED%A0%BD%20%C3%28";

    assertThat(sender.send("/sms/twilio/ACdemo", form).statusCode()).isEqualTo(204);

    String text = deliveries.get(0).content().text();
    assertThat(text).startsWith("\ud83d\ude00 \ufffd").endsWith("\ufffd(");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @Test
  void otherMethodsShouldBeRefused() throws Exception {
    String answer = raw("GET /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: POST");
  }

  @Test
  void unknownAccountAndOtherTypesShouldBeRefusedBeforeTheBody() throws Exception {
    assertThat(raw("POST /sms/twilio/ACx HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
    assertThat(
            raw(
                "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"))
        .startsWith("HTTP/1.1 415 ");
    assertThat(
            raw(
                "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nContent-Type: "
                    + SmsSender.FORM
                    + "\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"))
        .startsWith("HTTP/1.1 415 ");
  }

  @Test
  void tenMegabytesShouldBe413ToAClientThatSendsThemAll() throws Exception {
    byte[] big = new byte[10 << 20];

    HttpResponse<String> declared =
        sender.post("/sms/twilio/ACdemo", "x", BodyPublishers.ofByteArray(big));
    HttpResponse<String> chunked =
        sender.post(
            "/sms/twilio/ACdemo",
            "x",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)));

    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(declared.headers().firstValue("connection")).hasValue("close");
    assertThat(new JsonObject(chunked.body()).getString("detail")).contains("1048576 bytes");
  }

  @Test
  void sizeShouldBeToldBeforeTheClientIsAskedForTheBody() throws Exception {
    String head =
        "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: "
            + SmsSender.FORM;

    assertThat(raw(head + "\r\nContent-Length: 1048577\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    assertThat(raw(head + "\r\nContent-Length: 1048576\r\n\r\n")).startsWith("HTTP/1.1 100 ");
  }

  @Test
  void chunkedBodyShouldBeTakenInAnyPieces() throws Exception {
    String form = sender.form("SM1", CAROL, ALICE, "in pieces");
    StringBuilder request =
        new StringBuilder(
            "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked");
    request.append("\r\nContent-Type: ").append(SmsSender.FORM);
    String url = "http://127.0.0.1:" + port + "/sms/twilio/ACdemo";
    request.append("\r\nX-Twilio-Signature: ").append(SmsSender.signature(url, form));
    request.append("\r\n\r\n");
    form.chars().forEach(c -> request.append("1\r\n").append((char) c).append("\r\n"));

    assertThat(raw(request + "0\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    assertThat(deliveries).extracting(one -> one.content().text()).containsExactly("in pieces");
  }

  @Test
  void clientThatGoesAwayShouldLeaveNothingBehind() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      write(
          socket,
          "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nContent-Type: "
              + SmsSender.FORM
              + "\r\nContent-Length: 100\r\n\r\nBody=");
    }

    assertThat(sender.message(CAROL, ALICE, "hello").statusCode()).isEqualTo(204);
    assertThat(deliveries).hasSize(1);
  }

  @Test
  void oneConnectionShouldCarryManyWebhooks() throws Exception {
    String form = sender.form("SM1", CAROL, ALICE, "x");
    String url = "http://127.0.0.1:" + port + "/sms/twilio/ACdemo";
    String request =
        "POST /sms/twilio/ACdemo HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + SmsSender.FORM
            + "\r\nX-Twilio-Signature: "
            + SmsSender.signature(url, form)
            + length(form)
            + form;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      write(socket, request + request + request);
      String answers = "";
      while (answers.split("HTTP/1.1 204", -1).length < 4) {
        answers += read(socket);
      }
      assertThat(answers).doesNotContainIgnoringCase("connection: close");
    }
  }

  @Test
  void reportShouldBe204() throws Exception {
    String form = "AccountSid=ACdemo&MessageSid=SM1&MessageStatus=delivered&From=%2B12025550101";

    assertThat(sender.send("/sms/twilio/ACdemo/status", form).statusCode()).isEqualTo(204);
  }

  private static String length(String body) {
    return "\r\nContent-Length: " + body.length() + "\r\n\r\n";
  }

  /** The first bytes of the answer. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      write(socket, request);
      return read(socket);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[8_192];
    int count = in.read(bytes);
    if (count < 0) {
      throw new IOException("closed without an answer");
    }
    return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
  }

  private double counter(String name) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }
}
