package io.tributary.cli.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {
  private static final UUID ID = new UUID(1, 2);
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

  @Test
  void plainTextShouldGoAsItIs() {
    assertThat(mail("hello", "one\ntwo"))
        .isEqualTo(
            """
            Message-ID: <00000000-0000-0001-0000-000000000002@elsewhere.example>
            Date: Tue, 3 Feb 2026 12:00:00 +0000
            From: you@elsewhere.example
            To: alice@example.com
            Subject: hello
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            one
            two
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void otherLettersShouldGoEncoded() {
    String mail = mail("Grüße 🙂", "Grüße");

    assertThat(mail).contains("Subject: =?utf-8?B?").contains("Transfer-Encoding: base64");
    String body = mail.substring(mail.indexOf("\r\n\r\n")).strip();
    assertThat(new String(Base64.getDecoder().decode(body), UTF_8)).isEqualTo("Grüße");
  }

  @Property(tries = 200)
  void anyTextShouldGiveShortAsciiLinesWithNetworkEnds(@ForAll String text, @ForAll String line) {
    String subject = line.replaceAll("\\p{Cntrl}", "");

    String mail = mail(subject, text);

    assertThat(mail.chars())
        .allMatch(c -> c < 0x7f && (c >= ' ' || c == '\r' || c == '\n' || c == '\t'));
    assertThat(mail.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    assertThat(mail.split("\r\n")).allMatch(each -> each.length() <= 998);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a@", "@b", "a@b>\r\nRSET", "a b@c", "<a@b>", "a@b,c@d", "ü@example.com"})
  void whatCouldEndACommandShouldBeNoAddress(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(written));
  }

  @Test
  void domainInOtherLettersShouldGetItsAsciiForm() {
    assertThat(Address.parse("a@bücher.example").value()).isEqualTo("a@xn--bcher-kva.example");
  }

  private static String mail(String subject, String text) {
    Address from = Address.parse("you@elsewhere.example");
    List<Address> to = List.of(Address.parse("alice@example.com"));
    return new String(new Mail(from, to, subject, text).bytes(ID, NOON), US_ASCII);
  }
}
