package io.tributary.codecs.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailKeyTest {
  private static final UserId BOB = new UserId(1);
  private static final String MAIL = "From: a@b\r\nMessage-ID: <1@b>\r\n\r\nhi\r\n";

  /** Keys are in logs for ever: a change here is a change of the format. */
  @Test
  void keyShouldStayWhatItIs() {
    assertThat(key("a@b", MAIL).orElseThrow()).hasToString("daf4d355415901e50f0a78e9bae973cc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received: from x by y; now\r\n",
        "Received: from x\r\n\tby y;\r\n now\r\n",
        "RETURN-PATH: <a@b>\r\n",
        "Delivered-To: bob@example.com\r\nX-Original-To: bob\r\n",
        "Authentication-Results : mx; none\r\n",
        "Received-SPF: pass\r\nARC-Seal: i=1;\r\n b=x\r\nARC-Message-Signature: i=1\r\n",
        "Received: a\r\nReceived: b\r\nReceived: c\r\n",
      })
  void traceHeadersOnTopShouldNotCount(String trace) {
    assertThat(key("a@b", trace + MAIL)).isEqualTo(key("a@b", MAIL)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Received: x\r\n",
        "Receivedx: x\r\n",
        "X: y\r\nReceived: x\r\n",
        "\tReceived: x\r\n",
        " \r\n",
      })
  void otherHeadersShouldCount(String header) {
    assertThat(key("a@b", header + MAIL)).isNotEqualTo(key("a@b", MAIL));
  }

  @Test
  void traceHeaderBelowAnotherShouldCount() {
    String below = MAIL.replace("\r\n\r\n", "\r\nReceived: x\r\n\r\n");
    assertThat(key("a@b", below)).isPresent().isNotEqualTo(key("a@b", MAIL));
  }

  @Test
  void everythingElseShouldCount() {
    Optional<Bytes> key = key("a@b", MAIL);
    assertThat(key).isPresent();
    assertThat(key("", MAIL)).isPresent().isNotEqualTo(key);
    assertThat(key("a@c", MAIL)).isNotEqualTo(key);
    assertThat(key("a@b", MAIL + ".")).isNotEqualTo(key);
    assertThat(key("a@b", MAIL.replace("From", "from"))).isNotEqualTo(key);
    assertThat(MailKey.of(new UserId(2), "a@b", Bytes.ofUtf8(MAIL))).isNotEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "Subject: x\r\n\r\nbody",
        "Received: x; Date: now\r\n\r\n",
        "\r\nMessage-ID: <1@b>\r\n",
        "no header\r\nMessage-ID: <1@b>\r\n\r\n",
        "Received: x\r\n Date: y\r\n\r\n",
      })
  void mailWithoutIdentityShouldHaveNoKey(String mail) {
    assertThat(key("a@b", mail)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Date: x", "DATE:\r\n", "message-id:<1@b>", "X: y\r\nDate: x\r\n"})
  void oneOfBothShouldBeEnough(String mail) {
    assertThat(key("a@b", mail).orElseThrow().length()).isEqualTo(16);
  }

  @Property
  void nothingShouldBeThrown(@ForAll byte[] raw, @ForAll String sender) {
    assertThat(MailKey.of(BOB, sender, Bytes.copyOf(raw))).isNotNull();
  }

  private static Optional<Bytes> key(String sender, String mail) {
    return MailKey.of(BOB, sender, Bytes.ofUtf8(mail));
  }
}
