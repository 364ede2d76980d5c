package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.smtp.testing.SmtpFixture;
import io.tributary.channels.smtp.testing.SmtpHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is slow, stuck or too many; and the end of the server. */
class SmtpDeadlinesTest {
  private static final Duration IDLE = SmtpLimits.DEFAULT.idleTimeout();
  private static final Duration TRANSACTION = SmtpLimits.DEFAULT.transactionTimeout();
  private static final Duration PORT = SmtpLimits.DEFAULT.portTimeout();
  private static final String TO_BOB =
      "MAIL FROM:<carol@else.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n";

  private final SmtpFixture server = new SmtpFixture();

  @ParameterizedTest
  @ValueSource(strings = {"", "NOOP\r\n", "NO", TO_BOB, TO_BOB + "Subject: x"})
  void silentClientShouldBeToldAndLeft(String sent) {
    SmtpHarness client = server.greeted();
    String unused = client.ask(sent);
    server.pass(IDLE.minusMillis(1));
    assertThat(client.isClosed()).isFalse();

    server.pass(Duration.ofMillis(1));
    assertThat(client.replies()).startsWith("421 4.4.2 idle for too long (trace ");
    assertThat(client.isClosed()).isTrue();
    assertNothingLeft();
  }

  @Test
  void clientThatSpeaksInTimeShouldBeKept() {
    SmtpHarness client = server.greeted();
    for (int i = 0; i < 5; i++) {
      server.pass(IDLE.minusSeconds(1).dividedBy(2));
      assertThat(client.ask("NOOP\r\n")).startsWith("250 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\r\n", "x", "RSET\r\n"})
  void oneByteASecondShouldNotHoldASessionForEver(String drip) {
    SmtpHarness client = server.greeted();
    int seconds = 0;
    while (!client.isClosed() && seconds < 10_000) {
      client.send(String.valueOf(drip.charAt(seconds % drip.length())));
      server.pass(Duration.ofSeconds(1));
      seconds++;
    }
    assertThat(client.replies()).contains("421 4.4.2 ");
    assertThat(seconds).isLessThanOrEqualTo((int) TRANSACTION.toSeconds());
    assertNothingLeft();
  }

  @Test
  void oneByteASecondOfDataShouldNotHoldASessionForEver() {
    SmtpHarness client = server.greeted();
    String unused = client.ask(TO_BOB);
    int seconds = 0;
    while (!client.isClosed() && seconds < 10_000) {
      client.send("x");
      server.pass(Duration.ofSeconds(1));
      seconds++;
    }
    assertThat(client.replies()).startsWith("421 4.4.2 no mail was sent for too long");
    assertThat(seconds).isEqualTo((int) TRANSACTION.toSeconds());
    assertThat(server.intake.deliveries()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void clientThatSendsMailShouldBeKeptForAsLongAsItDoes() {
    SmtpHarness client = server.greeted();
    for (int i = 0; i < 20; i++) {
      server.pass(Duration.ofMinutes(4));
      assertThat(client.ask(TO_BOB + ".\r\n")).contains("\r\n250 2.0.0 stored");
    }
  }

  @Test
  void lookupThatNeverAnswersShouldBeTriedAgain() {
    server.lookup.answerBy(address -> Single.never());
    SmtpHarness client = server.greeted();
    String unused = client.ask("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\n");
    server.pass(PORT);
    assertThat(client.replies()).startsWith("451 4.3.0 can't look up");
    assertThat(client.ask("NOOP\r\n")).startsWith("250 ");
  }

  @Test
  void intakeThatNeverAnswersShouldBeTriedAgainAndCountAsRejected() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    String unused = client.ask(TO_BOB + ".\r\n");
    server.pass(PORT);
    assertThat(client.replies()).startsWith("451 4.3.0 not stored, try again");
    assertThat(server.observer.settled(SmtpObserver.Settlement.REJECTED)).isEqualTo(1);

    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertThat(client.replies()).as("too late to be told").isEmpty();
    assertThat(server.observer.settled()).isEqualTo(1);
  }

  @Test
  void clientsTimeShouldStandStillWhileWeWork() {
    SmtpLimits patient =
        new SmtpLimits(
            1_000, Duration.ofSeconds(1), 100, Duration.ofMinutes(15), 20, Duration.ofSeconds(30));
    SmtpFixture fixture = new SmtpFixture(patient, new SmtpGate(10, 1_000_000));
    fixture.intake.hold();
    SmtpHarness client = fixture.greeted();
    String unused = client.ask(TO_BOB + ".\r\n");
    fixture.pass(Duration.ofSeconds(29));
    fixture.intake.release(new IntakeOutcome.Stored());
    fixture.scheduler.triggerActions();
    assertThat(client.replies()).startsWith("250 2.0.0 stored");
  }

  @Test
  void connectionBeyondTheLastShouldBeTurnedAway() {
    SmtpFixture fixture = new SmtpFixture(SmtpLimits.DEFAULT, new SmtpGate(2, 1_000_000));
    SmtpHarness first = fixture.connect();
    SmtpHarness second = fixture.connect();
    SmtpHarness third = fixture.connect();
    assertThat(third.replies()).startsWith("421 4.3.2 too many connections");
    assertThat(third.isClosed()).isTrue();
    assertThat(fixture.observer.refusedConnections()).isEqualTo(1);
    assertThat(fixture.gate.connections()).isEqualTo(2);

    first.hangUp();
    assertThat(fixture.connect().replies()).startsWith("220 ");
    assertThat(second.ask("EHLO x\r\n")).contains("250 ");
  }

  @Test
  void thousandIdleConnectionsShouldLeaveRoomForAMailAndThenGo() {
    SmtpFixture fixture = new SmtpFixture(SmtpLimits.DEFAULT, new SmtpGate(1_001, 1_000_000));
    List<SmtpHarness> idle = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      idle.add(fixture.connect());
    }
    assertThat(fixture.greeted().ask(TO_BOB + ".\r\nQUIT\r\n")).contains("\r\n250 2.0.0 stored");

    fixture.pass(IDLE);
    assertThat(idle).allMatch(SmtpHarness::isClosed);
    assertThat(fixture.gate.connections()).isZero();
    assertThat(fixture.observer.openConnections()).isZero();
  }

  @Test
  void dataBeyondTheProcessesBoundShouldBeTriedAgain() {
    SmtpFixture fixture = new SmtpFixture(SmtpLimits.DEFAULT, new SmtpGate(10, 10_000));
    SmtpHarness first = fixture.greeted();
    String unused = first.ask(TO_BOB + "x".repeat(9_000));
    assertThat(fixture.gate.inFlightBytes()).isEqualTo(9_000);

    SmtpHarness announced = fixture.greeted();
    assertThat(announced.ask(TO_BOB.replace("example>\r\nR", "example> SIZE=2000\r\nR")))
        .contains("\r\n452 4.3.1 ")
        .doesNotContain("354");
    SmtpHarness unannounced = fixture.greeted();
    assertThat(unannounced.ask(TO_BOB + "x".repeat(2_000) + "\r\n.\r\nNOOP\r\n"))
        .contains("\r\n452 4.3.1 ")
        .endsWith("250 2.0.0 ok\r\n");

    assertThat(first.ask("\r\n.\r\n")).startsWith("250 ");
    assertThat(fixture.gate.inFlightBytes()).isZero();
    assertThat(announced.ask("DATA\r\n")).startsWith("354 ");
  }

  @Test
  void bytesShouldCountUntilTheMailIsAnswered() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    String unused = client.ask(TO_BOB + "12345678\r\n.\r\n");
    assertThat(server.gate.inFlightBytes()).isEqualTo(10);
    client.hangUp();
    assertThat(server.gate.inFlightBytes()).isEqualTo(10);
    assertThat(server.gate.connections()).isZero();

    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertNothingLeft();
  }

  @Test
  void clientThatIsGoneShouldNotStopADeliveryThatWasHandedIn() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    client.send(TO_BOB + ".\r\n").hangUp();
    assertThat(server.intake.pending()).isEqualTo(1);
    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertThat(server.observer.settled(SmtpObserver.Settlement.STORED)).isEqualTo(1);
  }

  @Test
  void clientThatIsGoneBeforeTheEndOfDataShouldHaveSentNothing() {
    server.greeted().send(TO_BOB + "Subject: x\r\n\r\nhalf").hangUp();
    assertThat(server.intake.deliveries()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void idleSessionShouldBeToldThatTheServerStops() {
    SmtpHarness client = server.greeted();
    client.session().shutDown();
    assertThat(client.replies()).startsWith("421 4.3.2 this server stops");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void stoppingServerShouldAnswerTheMailItHas() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    String unused = client.ask(TO_BOB + ".\r\nNOOP\r\n");
    client.session().shutDown();
    assertThat(client.replies()).isEmpty();

    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertThat(client.replies()).matches("250 2.0.0 stored .*\r\n421 4.3.2 .*\r\n");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void clientThatDoesNotReadTheLastWordsShouldBeCutOff() {
    SmtpHarness client = server.greeted().stopReading();
    String unused = client.ask("QUIT\r\n");
    assertThat(client.isClosed()).isFalse();
    server.pass(Deadlines.FAREWELL);
    assertThat(client.isAborted()).isTrue();
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    assertThat(server.gate.connections()).isZero();
    assertThat(server.gate.inFlightBytes()).isZero();
    assertThat(server.observer.openConnections()).isZero();
  }
}
