package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.smtp.testing.SmtpFixture;
import io.tributary.channels.smtp.testing.SmtpHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input over real bytes: each has a defined outcome, changes nothing, and the session goes on
 * unless told otherwise.
 */
class BadInputTest {
  private static final String MAIL_BOB =
      "MAIL FROM:<carol@else.example>\r\nRCPT TO:<bob@example.com>\r\n";

  private static final SmtpLimits SMALL =
      new SmtpLimits(
          1_000, Duration.ofMinutes(5), 3, Duration.ofMinutes(15), 5, Duration.ofSeconds(30));

  private final SmtpFixture server = new SmtpFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody@example.com|550 5.1.1 no such user here",
        "bob@else.example|550 5.7.1 no relay",
        "bob@sub.example.com|550 5.7.1 no relay",
        "bob@[127.0.0.1]|550 5.7.1 no relay",
        "bob%else.example@example.com|550 5.1.1 no such user here",
        "\"bob@else.example\"@example.com|550 5.1.1 no such user here",
        "bob@example.com@else.example|553 5.1.3 bad recipient",
        "bob|553 5.1.3 bad recipient: a mail address has an @",
        "bob@|553 5.1.3 bad recipient",
        "@example.com|553 5.1.3 bad recipient",
        "b\u00f6b@example.com|553 5.6.7 mailbox is not ASCII",
      })
  void recipientShouldBeRefusedWithItsRule(String recipient, String reply) {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("MAIL FROM:<>\r\nRCPT TO:<" + recipient + ">\r\n"))
        .contains("\r\n" + reply)
        .containsPattern(" \\(trace [0-9a-f]{16}\\)\r\n$");
    assertGoesOn(client);
  }

  @Test
  void mailTooBigBySizeShouldBeRefusedAtMail() {
    SmtpHarness client = new SmtpFixture(SMALL, new SmtpGate(10, 1_000_000)).greeted();
    assertThat(client.ask("MAIL FROM:<> SIZE=1000\r\nRSET\r\n")).startsWith("250 ");
    assertThat(client.ask("MAIL FROM:<> SIZE=1001\r\n"))
        .startsWith("552 5.3.4 too big: at most 1000 bytes");
    assertThat(client.ask("MAIL FROM:<>\r\n")).startsWith("250 ");
  }

  @Test
  void mailTooBigByBytesShouldBeReadToItsEndAndRefused() {
    SmtpFixture small = new SmtpFixture(SMALL, new SmtpGate(10, 1_000_000));
    SmtpHarness client = small.greeted();
    assertThat(client.ask(MAIL_BOB + "DATA\r\n" + "x".repeat(998) + "\r\n.\r\n"))
        .contains("250 2.0.0 stored");
    String unused = client.ask(MAIL_BOB + "DATA\r\n");
    for (int i = 0; i < 100; i++) {
      assertThat(client.ask("QUIT\r\n" + "x".repeat(997) + "\r\n")).isEmpty();
      assertThat(small.gate.inFlightBytes()).isLessThanOrEqualTo(1_000);
    }
    assertThat(client.ask(".\r\nNOOP\r\n"))
        .startsWith("552 5.3.4 too big: at most 1000 bytes (trace ")
        .endsWith("250 2.0.0 ok\r\n");
    assertThat(small.intake.deliveries()).hasSize(1);
  }

  @Test
  void lineTooLongShouldBeRefused() {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("NOOP " + "x".repeat(5_000) + "\r\n"))
        .startsWith("500 5.5.2 line too long: at most 2048 octets");
    assertGoesOn(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\n\r\n", "NO\rOP\r\n", "NOOP\u0000\r\n", "NOOP\nQUIT\r\n", "\r\r\n"})
  void controlCharacterInACommandShouldBeASyntaxError(String line) {
    SmtpHarness client = server.greeted();
    assertThat(client.ask(line)).startsWith("500 5.5.2 ").hasLineCount(1);
    assertGoesOn(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\rb",
        "a\nb",
        "\n.\n",
        "\r.\r",
        "\r\n.\n",
        "\n.\r\n",
        "\r\n.\r",
        "\r.\r\n",
        "x\r\n.\r\u0000\n"
      })
  void bareLineEndOrNulInDataShouldBeRefusedAtItsEnd(String flaw) {
    SmtpHarness client = server.greeted();
    String unused = client.ask(MAIL_BOB + "DATA\r\n");
    assertThat(client.ask("Subject: x\r\n\r\n" + flaw + "MAIL FROM:<evil@example.com>\r\n"))
        .as("still inside the data")
        .isEmpty();
    assertThat(client.ask("\r\n.\r\n")).startsWith("554 5.6.0 ").hasLineCount(1);
    assertGoesOn(client);
  }

  @Test
  void eightBitBrokenMimeAndLongLinesShouldBeStoredAsTheyAre() {
    String body =
        "Subject: \u00ff\u00fe\r\nContent-Type: multipart/mixed; boundary=never\r\n\r\n"
            + "\u00c3\u0028\r\n"
            + "x".repeat(100_000)
            + "\r\n";
    SmtpHarness client = server.greeted();
    assertThat(client.ask(MAIL_BOB + "DATA\r\n" + body + ".\r\n")).contains("250 2.0.0 stored");
    assertThat(server.intake.deliveries().get(0).content().raw().toArray())
        .isEqualTo(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<>|503 5.5.1 send EHLO or HELO first",
        "RCPT TO:<bob@example.com>|503 5.5.1 send MAIL first",
        "DATA|503 5.5.1 send MAIL first",
      })
  void commandBeforeHelloShouldBeOutOfOrder(String command, String reply) {
    SmtpHarness client = server.connect();
    assertThat(client.ask(command + "\r\n")).contains("\r\n" + reply);
    assertThat(client.ask("EHLO x\r\n")).contains("250 ");
    assertGoesOn(client);
  }

  @Test
  void commandsOutOfOrderShouldChangeNothing() {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("RCPT TO:<bob@example.com>\r\n")).startsWith("503 5.5.1 ");
    assertThat(client.ask("DATA\r\n")).startsWith("503 5.5.1 ");
    assertThat(client.ask("MAIL FROM:<a@else.example>\r\n")).startsWith("250 ");
    assertThat(client.ask("MAIL FROM:<b@else.example>\r\n")).startsWith("503 5.5.1 ");
    assertThat(client.ask("DATA\r\n")).startsWith("554 5.5.1 no recipient was accepted");
    assertThat(client.ask("RCPT TO:<bob@example.com>\r\nDATA\r\n.\r\n")).contains("\r\n250 2.0.0 ");
    assertThat(server.intake.deliveries().get(0).envelope().envelopeSender())
        .isEqualTo("a@else.example");
  }

  @Test
  void dataAfterRefusedRecipientsInOneGroupShouldNotBegin() {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("MAIL FROM:<>\r\nRCPT TO:<nobody@example.com>\r\nDATA\r\n"))
        .contains("\r\n550 5.1.1 ", "\r\n554 5.5.1 ")
        .doesNotContain("354");
  }

  @Test
  void pipelinedGarbageShouldEndTheSession() {
    SmtpHarness client = server.greeted();
    String replies = client.ask("garbage\r\n".repeat(1_000));
    assertThat(replies).endsWith("421 4.7.0 too many errors" + traceOf(replies) + "\r\n");
    assertThat(replies.lines()).hasSize(21);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void anotherProtocolShouldBeCutOffAtOnce() {
    SmtpHarness client = server.greeted();
    assertThat(client.ask("POST / HTTP/1.1\r\nHost: x\r\n\r\nMAIL FROM:<a@b>\r\n"))
        .startsWith("421 4.7.0 this is SMTP")
        .hasLineCount(1);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void tooManyRecipientsShouldBeRefusedOneByOne() {
    SmtpFixture small = new SmtpFixture(SMALL, new SmtpGate(10, 1_000_000));
    small.lookup.with("c@example.com", 3).with("d@example.com", 4);
    SmtpHarness client = small.greeted();
    String replies =
        client.ask(
            MAIL_BOB
                + "RCPT TO:<alice@example.com>\r\nRCPT TO:<c@example.com>\r\n"
                + "RCPT TO:<d@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n.\r\n");
    assertThat(replies)
        .contains("\r\n452 4.5.3 at most 3 recipients in one mail")
        .contains("\r\n250 2.0.0 stored");
    assertThat(small.intake.deliveries()).hasSize(3);
  }

  @Test
  void tryingOutNamesShouldEndTheSession() {
    SmtpHarness client = new SmtpFixture(SMALL, new SmtpGate(10, 1_000_000)).greeted();
    String guess = "RCPT TO:<nobody@example.com>\r\n";
    assertThat(client.ask("MAIL FROM:<>\r\n" + guess.repeat(3))).doesNotContain("421");
    assertThat(client.ask(guess)).startsWith("421 4.7.0 too many errors");
    assertThat(client.isClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<> SMTPUTF8|555 5.5.4 parameter SMTPUTF8 is not offered",
        "MAIL FROM:<> BODY=BINARYMIME|501 5.5.4 BODY is 7BIT or 8BITMIME",
        "STARTTLS|502 5.5.1 ",
        "AUTH PLAIN|502 5.5.1 ",
        "XYZZY|500 5.5.1 ",
        "MAIL FROM:carol@else.example|500 5.5.2 ",
        "MAIL FROM:<carol>|501 5.1.7 ",
      })
  void wrongCommandShouldNotEndTheSession(String command, String reply) {
    SmtpHarness client = server.greeted();
    assertThat(client.ask(command + "\r\n")).startsWith(reply);
    assertGoesOn(client);
  }

  @Property(tries = 500)
  void anyBytesShouldLeaveTheServerWhole(@ForAll("sessions") String bytes) {
    SmtpFixture fixture = new SmtpFixture();
    SmtpHarness client = fixture.greeted().send(bytes);
    assertThat(client.replies()).doesNotContain("an error of ours");
    client.hangUp();
    assertThat(fixture.gate.connections()).isZero();
    assertThat(fixture.gate.inFlightBytes()).isZero();
    assertThat(fixture.observer.accepted()).isEqualTo(fixture.observer.settled());
  }

  @Provide
  Arbitrary<String> sessions() {
    Arbitrary<String> meaningful =
        Arbitraries.of(
            "MAIL FROM:<a@b>\r\n",
            "RCPT TO:<bob@example.com>\r\n",
            "DATA\r\n",
            "\r\n.\r\n",
            "RSET\r\n",
            "EHLO x\r\n",
            "\r",
            "\n",
            ".",
            "\u0000",
            "RCPT TO:<nobody@example.com>\r\n",
            "MAIL FROM:",
            "SIZE=",
            "<",
            ">",
            "NOOP\r\n",
            "Date: x\r\n");
    Arbitrary<String> filler =
        Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(20);
    return Arbitraries.oneOf(meaningful, filler)
        .list()
        .ofMaxSize(40)
        .map(all -> String.join("", all));
  }

  /** The session works, and nothing of what was refused is left in it. */
  private static void assertGoesOn(SmtpHarness client) {
    assertThat(client.ask("RSET\r\n" + MAIL_BOB + "DATA\r\nDate: x\r\n\r\nfine\r\n.\r\n"))
        .contains("250 2.0.0 stored")
        .doesNotContain("\r\n4", "\r\n5");
    assertThat(client.isClosed()).isFalse();
  }

  private static String traceOf(String replies) {
    return replies.substring(replies.lastIndexOf(" (trace "), replies.lastIndexOf(")") + 1);
  }
}
