package io.tributary.codecs.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpReplyTest {

  @Test
  void oneLineShouldCarryItsStatus() {
    assertThat(sent(SmtpReply.of(250, "2.1.0", "sender ok"))).isEqualTo("250 2.1.0 sender ok\r\n");
  }

  @Test
  void everyLineButTheLastShouldHaveAHyphen() {
    assertThat(sent(SmtpReply.plain(250, "mx.example", "PIPELINING", "SIZE 10")))
        .isEqualTo("250-mx.example\r\n250-PIPELINING\r\n250 SIZE 10\r\n");
    assertThat(sent(new SmtpReply(550, "5.1.1", List.of("no", "such user"))))
        .isEqualTo("550-5.1.1 no\r\n550 5.1.1 such user\r\n");
  }

  @Test
  void textShouldNotBreakOutOfItsLine() {
    assertThat(sent(SmtpReply.of(500, "5.5.2", "a\r\n250 b\u00e4\u0000")))
        .isEqualTo("500 5.5.2 a??250 b??\r\n");
  }

  @Test
  void lineShouldFitInto512Octets() {
    assertThat(sent(SmtpReply.of(500, "5.5.2", "x".repeat(1_000)))).hasSize(512).endsWith("x\r\n");
  }

  @Test
  void statusShouldGoWithItsCode() {
    assertThatThrownBy(() -> SmtpReply.of(250, "5.1.1", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmtpReply.of(250, "2.1", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmtpReply.plain(600, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmtpReply.plain(250)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String sent(SmtpReply reply) {
    return new String(reply.encode().toArray(), StandardCharsets.US_ASCII);
  }
}
