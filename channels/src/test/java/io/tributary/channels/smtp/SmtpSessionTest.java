package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.smtp.testing.SmtpFixture;
import io.tributary.channels.smtp.testing.SmtpHarness;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What good clients do, and what becomes of their mail. */
class SmtpSessionTest {
  private static final String TO_BOB =
      "MAIL FROM:<carol@else.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n";
  private static final String MAIL = "From: carol@else.example\r\nDate: x\r\n\r\nhi\r\n.\r\n";

  private final SmtpFixture server = new SmtpFixture();

  @Test
  void mailShouldGoFromGreetingToIntake() {
    SmtpHarness client = server.connect();
    assertThat(client.replies()).isEqualTo("220 mx.example.com ESMTP Tributary\r\n");
    assertThat(client.ask("EHLO client.example\r\n"))
        .isEqualTo(
            """
            250-mx.example.com
            250-PIPELINING
            250-SIZE 1048576
            250-8BITMIME
            250 ENHANCEDSTATUSCODES
            """
                .replace("\n", "\r\n"));
    assertThat(client.ask("MAIL FROM:<Carol@else.example> BODY=8BITMIME SIZE=100\r\n"))
        .isEqualTo("250 2.1.0 sender ok\r\n");
    assertThat(client.ask("RCPT TO:<Bob@Example.com>\r\n")).isEqualTo("250 2.1.5 recipient ok\r\n");
    assertThat(client.ask("DATA\r\n")).startsWith("354 ");
    assertThat(client.ask("From: carol@else.example\r\n\r\nhi\r\n..\r\n.\r\n"))
        .matches("250 2\\.0\\.0 stored \\(trace [0-9a-f]{16}\\)\r\n");
    assertThat(client.ask("QUIT\r\n")).isEqualTo("221 2.0.0 bye\r\n");
    assertThat(client.isClosed()).isTrue();

    Delivery delivery = onlyDelivery();
    assertThat(delivery.content().raw())
        .isEqualTo(Bytes.ofUtf8("From: carol@else.example\r\n\r\nhi\r\n.\r\n"));
    assertThat(delivery.recipient().user()).isEqualTo(new UserId(1));
    assertThat(delivery.recipient().resolvedBy()).hasToString("email:bob@example.com");
    assertThat(delivery.envelope().envelopeSender()).isEqualTo("Carol@else.example");
    assertThat(delivery.envelope().receivedMillis()).isEqualTo(1_000_000);
    assertThat(delivery.key()).as("neither Message-ID nor Date").isEmpty();
    assertThat(server.gate.connections()).isZero();
    assertThat(server.gate.inFlightBytes()).isZero();
  }

  @Test
  void pipelinedCommandsShouldBeAnsweredInOrder() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    assertThat(codes(client.ask(TO_BOB + MAIL + "NOOP\r\n" + TO_BOB + MAIL + "QUIT\r\n")))
        .containsExactly("250", "250", "354");

    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertThat(codes(client.replies())).containsExactly("250", "250", "250", "250", "354");
    assertThat(client.isClosed()).isFalse();

    server.intake.release(new IntakeOutcome.Duplicate());
    server.scheduler.triggerActions();
    assertThat(codes(client.replies())).containsExactly("250", "221");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void octetByOctetShouldGiveTheSameReplies() {
    String session = TO_BOB + MAIL + "NOOP\r\n" + TO_BOB + "..\r\n.\r\nVRFY bob\r\nQUIT\r\n";
    String atOnce = new SmtpFixture().greeted().ask(session);

    SmtpHarness slow = server.greeted();
    session.chars().forEach(octet -> slow.send(String.valueOf((char) octet)));
    assertThat(slow.replies()).isEqualTo(atOnce);
    assertThat(server.intake.deliveries()).hasSize(2);
  }

  @Test
  void heloShouldDo() {
    SmtpHarness client = server.connect();
    assertThat(client.ask("HELO client.example\r\n")).endsWith("\r\n250 mx.example.com\r\n");
    assertThat(client.ask(TO_BOB + MAIL)).contains("250 2.0.0 stored");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOOP|250 2.0.0",
        "noop x|250 2.0.0",
        "RSET|250 2.0.0",
        "VRFY bob|252 2.0.0",
        "HELP|214 2.0.0",
        "EXPN staff|502 5.5.1",
        "QUIT|221 2.0.0",
      })
  void commandsShouldWorkBeforeHelloToo(String command, String reply) {
    SmtpHarness client = server.connect();
    assertThat(client.ask(command + "\r\n")).contains("\r\n" + reply + " ");
  }

  @Test
  void nullSenderShouldBeAccepted() {
    server
        .greeted()
        .send("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\nDate: x\r\n\r\n.\r\n");
    assertThat(onlyDelivery().envelope().envelopeSender()).isEmpty();
    assertThat(onlyDelivery().envelope().from().address())
        .hasToString("email:mailer-daemon@example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From: dan@far.example|dan@far.example|OUTSIDE",
        "From: Alice <alice@example.com>|alice@example.com|CLAIMS_LOCAL",
        "From: alice@EXAMPLE.ORG|alice@example.org|CLAIMS_LOCAL",
        "From: nobody@example.com|nobody@example.com|CLAIMS_LOCAL",
        "From: alice@sub.example.com|alice@sub.example.com|OUTSIDE",
        "Subject: none|carol@else.example|OUTSIDE",
        "From: nonsense|carol@else.example|OUTSIDE",
      })
  void authorShouldBeTheHeadersElseTheEnvelopes(String header, String author, Standing standing) {
    server.greeted().send(TO_BOB + header + "\r\n\r\n.\r\n");
    assertThat(onlyDelivery().envelope().from().address().value()).isEqualTo(author);
    assertThat(onlyDelivery().envelope().from().standing()).isEqualTo(standing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postmaster", "Postmaster", "POSTMASTER@example.com", "postmaster@Example.org"})
  void postmasterShouldReachItsUser(String written) {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("MAIL FROM:<>\r\nRCPT TO:<" + written + ">\r\nDATA\r\n.\r\n"))
        .contains("250 2.0.0 stored");
    assertThat(onlyDelivery().recipient().user()).isEqualTo(new UserId(9));
    assertThat(onlyDelivery().recipient().resolvedBy()).hasToString("chat:operator");
  }

  @Test
  void postmasterWithoutAMailboxShouldBeTriedAgain() {
    server.lookup.answerBy(address -> Single.just(new LookupOutcome.Unknown()));
    SmtpHarness client = server.greeted();
    assertThat(client.ask("MAIL FROM:<>\r\nRCPT TO:<postmaster>\r\n")).contains("\r\n451 4.3.5 ");
  }

  @Test
  void recipientsShouldGetOneDeliveryForEachUser() {
    SmtpHarness client = server.greeted();
    String replies =
        client.ask(
            "MAIL FROM:<carol@else.example>\r\n"
                + "RCPT TO:<alice@example.org>\r\nRCPT TO:<bob@example.com>\r\n"
                + "RCPT TO:<alice@example.com>\r\nRCPT TO:<bob@example.com>\r\n"
                + "RCPT TO:<BOB@example.com>\r\nDATA\r\n"
                + MAIL);
    assertThat(codes(replies))
        .containsExactly("250", "250", "250", "250", "250", "250", "354", "250");

    assertThat(server.intake.deliveries())
        .extracting(delivery -> delivery.recipient().resolvedBy().toString())
        .containsExactly("email:alice@example.org", "email:bob@example.com");
    assertThat(server.intake.deliveries().stream().map(Delivery::key).distinct()).hasSize(2);
  }

  @Test
  void repeatedMailShouldHaveTheSameKeyThoughItCameAnotherWay() {
    SmtpHarness client = server.greeted();
    client.send(TO_BOB + MAIL + TO_BOB + "Received: by another\r\n way\r\n" + MAIL);
    List<Delivery> deliveries = server.intake.deliveries();
    assertThat(deliveries).hasSize(2);
    assertThat(deliveries.get(0).key()).isPresent().isEqualTo(deliveries.get(1).key());
  }

  @Test
  void okShouldWaitForEveryMailbox() {
    server.intake.hold();
    SmtpHarness client = server.greeted();
    String unused =
        client.ask(
            "MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<alice@example.com>\r\nDATA\r\n.\r\n");
    server.intake.release(new IntakeOutcome.Stored());
    server.scheduler.triggerActions();
    assertThat(client.replies()).isEmpty();

    server.intake.release(new IntakeOutcome.Duplicate());
    server.scheduler.triggerActions();
    assertThat(client.replies()).startsWith("250 2.0.0 stored (trace ");
  }

  @Test
  void duplicateShouldBeOk() {
    server.intake.answer(new IntakeOutcome.Duplicate());
    assertThat(server.greeted().ask(TO_BOB + MAIL)).contains("250 2.0.0 stored before (trace ");
  }

  @Test
  void oneMailboxThatFailsShouldMakeTheWholeMailBeTriedAgain() {
    server.intake.answerBy(
        delivery ->
            Single.just(
                delivery.recipient().user().value() == 2
                    ? new IntakeOutcome.Retry("the log is away")
                    : new IntakeOutcome.Stored()));
    String replies =
        server
            .greeted()
            .ask(
                "MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<alice@example.com>\r\nDATA\r\n.\r\n");
    assertThat(replies).contains("\r\n451 4.3.0 not stored, try again: the log is away (trace ");
    assertThat(server.intake.deliveries()).hasSize(2);
  }

  @Test
  void staleAddressShouldBeTriedAgain() {
    server.intake.answer(new IntakeOutcome.NotMine());
    assertThat(server.greeted().ask(TO_BOB + MAIL)).contains("\r\n451 4.3.0 ");
  }

  @Test
  void failingIntakeShouldBeTriedAgain() {
    server.intake.answerBy(delivery -> Single.error(new IllegalStateException("boom")));
    assertThat(server.greeted().ask(TO_BOB + MAIL)).contains("\r\n451 4.3.0 ");
    server.intake.answerBy(
        delivery -> {
          throw new IllegalStateException("boom");
        });
    assertThat(server.greeted().ask(TO_BOB + MAIL)).contains("\r\n451 4.3.0 ");
  }

  @Test
  void lookupThatCantTellShouldBeTriedAgain() {
    server.lookup.answerBy(address -> Single.just(new LookupOutcome.Retry("the cell is away")));
    SmtpHarness client = server.greeted();
    assertThat(client.ask("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\n"))
        .contains("\r\n451 4.3.0 can't look up this recipient now, try again: the cell is away");
    server.lookup.answerBy(address -> Single.error(new IllegalStateException("boom")));
    assertThat(client.ask("RCPT TO:<bob@example.com>\r\n")).startsWith("451 4.3.0 ");
    server.lookup.answerBy(server.lookup::known);
    assertThat(client.ask("RCPT TO:<bob@example.com>\r\n")).startsWith("250 2.1.5 ");
  }

  @Test
  void lookupsShouldAskForTheCanonicalAddress() {
    server.greeted().send("MAIL FROM:<>\r\nRCPT TO:<\"Bob\"@EXAMPLE.com.>\r\n");
    assertThat(server.lookup.asked()).containsExactly(Address.parse("email:bob@example.com"));
  }

  @Test
  void rsetAndEhloShouldDropTheMailUnderWay() {
    SmtpHarness client = server.greeted();
    for (String drop : List.of("RSET\r\n", "EHLO again.example\r\n", "HELO again.example\r\n")) {
      String unused = client.ask("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\n" + drop);
      assertThat(client.ask("DATA\r\n")).startsWith("503 5.5.1 ");
    }
    assertThat(client.ask(TO_BOB + MAIL)).contains("250 2.0.0 stored");
    assertThat(onlyDelivery().recipient().user()).isEqualTo(new UserId(1));
  }

  @Test
  void sessionShouldBeOpenedOnce() {
    assertThatThrownBy(() -> server.connect().session().open())
        .isInstanceOf(IllegalStateException.class);
  }

  private Delivery onlyDelivery() {
    assertThat(server.intake.deliveries()).hasSize(1);
    return server.intake.deliveries().get(0);
  }

  private static List<String> codes(String replies) {
    return replies
        .lines()
        .filter(line -> line.charAt(3) == ' ')
        .map(line -> line.substring(0, 3))
        .toList();
  }
}
