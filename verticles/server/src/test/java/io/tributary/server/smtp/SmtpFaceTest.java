package io.tributary.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.smtp.SmtpGate;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpLimits;
import io.tributary.channels.smtp.SmtpSettings;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.server.metrics.SmtpMetrics;
import io.tributary.server.testing.RawSmtp;
import io.tributary.store.testing.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpFaceTest {
  private static final byte[] MAIL =
      "From: carol@example.net\r\nDate: now\r\nSubject: hi\r\n\r\nHello\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int CONNECTIONS_MAX = 1_200;

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SmtpMetrics metrics = new SmtpMetrics(registry);
  private final Queue<Delivery> delivered = new ConcurrentLinkedQueue<>();
  private final SmtpGate gate = new SmtpGate(CONNECTIONS_MAX, 64L * 1024 * 1024);
  private volatile Single<IntakeOutcome> outcome = Single.just(new IntakeOutcome.Stored());
  private List<SmtpVerticle> instances = List.of();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aMailShouldComeThroughByteForByte() throws Exception {
    int port = listen(Duration.ofMinutes(5), Duration.ofMinutes(5));
    try (RawSmtp client = RawSmtp.greeted(port)) {
      assertThat(client.mail("carol@example.net", List.of("alice@example.com"), MAIL))
          .startsWith("250");
      client.say("QUIT");
      client.expect("221");
      assertThat(client.reply()).isEmpty();
    }

    assertThat(delivered).hasSize(1);
    assertThat(delivered.element().content().raw().unsafeArray()).isEqualTo(MAIL);
  }

  @Test
  void pipelinedCommandsShouldBeAnsweredInOneGoAndInOrder() throws Exception {
    int port = listen(Duration.ofMinutes(5), Duration.ofMinutes(5));
    try (RawSmtp client = new RawSmtp(port)) {
      String session =
          "EHLO c\r\nMAIL FROM:<c@example.net>\r\nRCPT TO:<alice@example.com>\r\nDATA\r\n"
              + "Date: x\r\n\r\nhi\r\n.\r\nNOOP\r\nQUIT\r\n";
      client.bytes(session.getBytes(StandardCharsets.US_ASCII));

      List<String> codes = new ArrayList<>();
      for (String reply = client.reply(); !reply.isEmpty(); reply = client.reply()) {
        codes.add(reply.substring(0, 3));
      }
      assertThat(codes).containsExactly("220", "250", "250", "250", "354", "250", "250", "221");
    }
  }

  @Test
  void aClientThatSendsByteByByteShouldMeetTheTotalTimeout() throws Exception {
    int port = listen(Duration.ofSeconds(60), Duration.ofMillis(700));
    try (RawSmtp client = RawSmtp.greeted(port)) {
      CountDownLatch answered = new CountDownLatch(1);
      Thread drip = new Thread(() -> drip(client, answered));
      drip.start();

      assertThat(client.reply()).startsWith("421");
      assertThat(client.reply()).isEmpty();
      answered.countDown();
      drip.join();
    }
  }

  private static void drip(RawSmtp client, CountDownLatch answered) {
    try {
      while (!answered.await(50, TimeUnit.MILLISECONDS)) {
        client.bytes(new byte[] {'N'});
      }
    } catch (IOException | InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anIdleClientShouldBeSentAway() throws Exception {
    int port = listen(Duration.ofMillis(300), Duration.ofMinutes(5));
    try (RawSmtp client = RawSmtp.greeted(port)) {
      assertThat(client.reply()).startsWith("421");
    }
  }

  @Test
  void aThousandIdleConnectionsShouldNotBeInTheWay() throws Exception {
    int port = listen(Duration.ofMinutes(5), Duration.ofMinutes(5));
    List<RawSmtp> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        idle.add(RawSmtp.greeted(port));
      }
      try (RawSmtp client = RawSmtp.greeted(port)) {
        assertThat(client.mail("c@example.net", List.of("alice@example.com"), MAIL))
            .startsWith("250");
      }
      assertThat(gate.connections()).isGreaterThanOrEqualTo(1_000);
    } finally {
      for (RawSmtp client : idle) {
        client.close();
      }
    }
    awaitNoConnections();
  }

  @Test
  void aClientThatGoesAwayShouldLeaveNothingBehind() throws Exception {
    int port = listen(Duration.ofMinutes(5), Duration.ofMinutes(5));
    SingleSubject<IntakeOutcome> late = SingleSubject.create();
    outcome = late;
    try (RawSmtp client = RawSmtp.greeted(port)) {
      client.say("MAIL FROM:<c@example.net>");
      client.expect("250");
      client.say("RCPT TO:<alice@example.com>");
      client.expect("250");
      client.say("DATA");
      client.expect("354");
      client.bytes(MAIL);
      client.say(".");
      await(() -> late.hasObservers());
    }
    awaitNoConnections();
    late.onSuccess(new IntakeOutcome.Stored());

    await(() -> sum("tributary_smtp_stored_total") == 1);
    assertThat(sum("tributary_smtp_accepted_total"))
        .isEqualTo(
            sum("tributary_smtp_stored_total")
                + sum("tributary_smtp_duplicate_total")
                + sum("tributary_smtp_rejected_total")
                + sum("tributary_smtp_in_flight"));
    await(() -> gate.inFlightBytes() == 0);
  }

  @Test
  void sessionsShouldBeTold421WhenTheServerStopsAndMailUnderWayBeAnswered() throws Exception {
    int port = listen(Duration.ofMinutes(5), Duration.ofMinutes(5));
    SingleSubject<IntakeOutcome> late = SingleSubject.create();
    outcome = late;
    try (RawSmtp idle = RawSmtp.greeted(port);
        RawSmtp busy = RawSmtp.greeted(port)) {
      Thread mail =
          new Thread(
              () -> {
                await(() -> late.hasObservers());
                vertx.close();
                await(() -> idleWasTold(idle));
                late.onSuccess(new IntakeOutcome.Stored());
              });
      mail.start();

      assertThat(busy.mail("c@example.net", List.of("alice@example.com"), MAIL)).startsWith("250");
      assertThat(busy.reply()).startsWith("421");
      mail.join();
    }
  }

  private static boolean idleWasTold(RawSmtp idle) {
    try {
      return idle.reply().startsWith("421");
    } catch (IOException failed) {
      return false;
    }
  }

  private int listen(Duration idle, Duration transaction) {
    SmtpLimits limits =
        new SmtpLimits(1_048_576, idle, 100, transaction, 20, Duration.ofSeconds(15));
    SmtpSettings settings =
        new SmtpSettings(
            "mail.example.com",
            List.of("example.com"),
            Address.parse("email:postmaster@example.com"),
            limits);
    List<SmtpVerticle> made = new ArrayList<>();
    vertx
        .deployVerticle(
            () -> {
              SmtpVerticle instance =
                  new SmtpVerticle(
                      new SmtpVerticle.Listen("127.0.0.1", -1, Duration.ofSeconds(5)),
                      environment ->
                          new SmtpHost(
                              settings, environment, this::lookup, this::accept, gate, metrics),
                      InstantSource.system(),
                      new SplittableRandom(1));
              made.add(instance);
              return instance;
            },
            new DeploymentOptions().setInstances(2))
        .await();
    instances = made;
    assertThat(instances.get(0).boundPort()).isEqualTo(instances.get(1).boundPort());
    return instances.get(0).boundPort();
  }

  private Single<LookupOutcome> lookup(Address address) {
    return Single.just(new LookupOutcome.Known(new Recipient(new UserId(1), 1, address)));
  }

  private Single<IntakeOutcome> accept(Delivery delivery) {
    delivered.add(delivery);
    return outcome;
  }

  private void awaitNoConnections() {
    await(() -> gate.connections() == 0 && sum("tributary_smtp_connections") == 0);
  }

  private double sum(String sample) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .sum();
  }

  private static void await(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), "condition", condition);
  }
}
