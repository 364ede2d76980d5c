package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.smtp.testing.SmtpFixture;
import io.tributary.channels.smtp.testing.SmtpHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Accepted = stored + duplicate + rejected + in flight, at every moment of random sessions. What is
 * in flight is counted apart from the session: by whom the intake still has to answer.
 */
class SmtpAccountingTest {
  private static final String MAIL =
      "MAIL FROM:<a@else.example>\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<alice@example.com>\r\n"
          + "DATA\r\nDate: x\r\n\r\n.\r\n";

  @Property(tries = 300)
  void equationShouldHoldAtEveryMoment(@ForAll long seed) {
    Random random = new Random(seed);
    SmtpFixture server = new SmtpFixture();
    server.intake.hold();
    List<SmtpHarness> clients = new ArrayList<>();
    int handedIn = 0;
    for (int step = 0; step < 40; step++) {
      int choice = random.nextInt(10);
      if (choice < 4 || clients.isEmpty()) {
        clients.add(server.greeted().send(random.nextBoolean() ? MAIL : MAIL + MAIL));
      } else if (choice < 8 && server.intake.pending() > 0) {
        server.intake.releaseOldest(outcome(random));
        server.scheduler.triggerActions();
      } else if (choice < 9) {
        clients.remove(random.nextInt(clients.size())).hangUp();
      } else {
        server.pass(Duration.ofSeconds(random.nextInt(20)));
      }
      assertEquation(server);
      assertThat(server.observer.accepted()).isGreaterThanOrEqualTo(handedIn);
      handedIn = server.observer.accepted();
    }
    server.pass(Duration.ofDays(1));
    assertThat(server.intake.pending()).isZero();
    assertEquation(server);
    assertThat(server.gate.inFlightBytes()).isZero();
    assertThat(server.gate.connections()).isZero();
  }

  private static void assertEquation(SmtpFixture server) {
    assertThat(server.observer.accepted())
        .isEqualTo(server.intake.deliveries().size())
        .isEqualTo(server.observer.settled() + (int) server.intake.pending());
  }

  private static IntakeOutcome outcome(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new IntakeOutcome.Duplicate();
      case 1 -> new IntakeOutcome.Retry("later");
      case 2 -> new IntakeOutcome.NotMine();
      default -> new IntakeOutcome.Stored();
    };
  }
}
