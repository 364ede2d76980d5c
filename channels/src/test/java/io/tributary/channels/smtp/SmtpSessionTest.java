package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.smtp.testing.SmtpFixture;
import io.tributary.channels.smtp.testing.SmtpHarness;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import org.junit.jupiter.api.Test;

class SmtpSessionTest {
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
    assertThat(client.ask("MAIL FROM:<carol@else.example> BODY=8BITMIME SIZE=100\r\n"))
        .startsWith("250 2.1.0 ");
    assertThat(client.ask("RCPT TO:<Bob@Example.com>\r\n")).startsWith("250 2.1.5 ");
    assertThat(client.ask("DATA\r\n")).startsWith("354 ");
    assertThat(client.ask("From: carol@else.example\r\n\r\nhi\r\n..\r\n.\r\n"))
        .matches("250 2\\.0\\.0 stored \\(trace [0-9a-f]{16}\\)\r\n");
    assertThat(client.ask("QUIT\r\n")).startsWith("221 2.0.0 ");
    assertThat(client.isClosed()).isTrue();

    assertThat(server.intake.deliveries()).hasSize(1);
    Delivery delivery = server.intake.deliveries().get(0);
    assertThat(delivery.content().raw())
        .isEqualTo(Bytes.ofUtf8("From: carol@else.example\r\n\r\nhi\r\n.\r\n"));
    assertThat(delivery.recipient().resolvedBy()).hasToString("email:bob@example.com");
    assertThat(delivery.envelope().envelopeSender()).isEqualTo("carol@else.example");
  }
}
