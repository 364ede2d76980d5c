package io.tributary.loadtests.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.smtp.SmtpRequestEncoder;
import io.netty.handler.codec.smtp.SmtpResponseDecoder;
import io.tributary.loadtests.Mail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A script of replies against the handler, over Netty's own codecs. */
class SmtpClientHandlerTest {
  private static final Mail MAIL = Mail.plain("r-1", "alice@example.com", "hello\n.dot");

  private final SmtpClientHandler handler = new SmtpClientHandler();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new SmtpResponseDecoder(1_000), new SmtpRequestEncoder(), handler);
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void aMailShouldBeAcceptedAfterTheWholeConversation() {
    send();
    assertThat(said("220 hello")).isEqualTo("EHLO load.elsewhere.example\r\n");
    assertThat(said("250-one\r\n250 two")).isEqualTo("MAIL FROM:<sender@elsewhere.example>\r\n");
    assertThat(said("250 ok")).isEqualTo("RCPT TO:<alice@example.com>\r\n");
    assertThat(said("250 ok")).isEqualTo("DATA\r\n");
    assertThat(said("354 go")).endsWith("\r\n\r\nhello\r\n..dot\r\n.\r\n");
    assertThat(outcomes).isEmpty();

    assertThat(said("250 stored")).isEmpty();

    assertThat(outcomes).containsExactly(new Outcome.Accepted());
  }

  @Test
  void theNextMailShouldGoOverTheSameConnection() {
    send();
    talk("220 hello", "250 hi", "250 ok", "250 ok", "354 go", "250 stored");

    send();

    assertThat(written()).isEqualTo("MAIL FROM:<sender@elsewhere.example>\r\n");
    talk("250 ok", "250 ok", "354 go", "250 stored");
    assertThat(outcomes).containsExactly(new Outcome.Accepted(), new Outcome.Accepted());
  }

  @Test
  void aRefusedRecipientShouldBeToldAfterTheReset() {
    send();
    talk("220 hello", "250 hi", "250 ok");

    assertThat(said("451 4.3.0 later")).isEqualTo("RSET\r\n");
    assertThat(outcomes).isEmpty();
    talk("250 reset");

    assertThat(outcomes).containsExactly(new Outcome.Refused(451, "451 4.3.0 later"));
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void aRefusedMailShouldLeaveTheConnectionUsable() {
    send();
    talk("220 hello", "250 hi", "250 ok", "250 ok", "354 go", "554 5.6.0 no");
    send();
    talk("250 ok", "250 ok", "354 go", "250 stored");

    assertThat(outcomes)
        .containsExactly(new Outcome.Refused(554, "554 5.6.0 no"), new Outcome.Accepted());
  }

  @Test
  void aServerThatSaysGoodbyeShouldBeLeft() {
    send();
    talk("220 hello", "250 hi", "421 4.3.2 closing");

    assertThat(outcomes).containsExactly(new Outcome.Refused(421, "421 4.3.2 closing"));
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aLostConnectionShouldLeaveTheMailUnknown() {
    send();
    talk("220 hello", "250 hi", "250 ok", "250 ok", "354 go");

    channel.close();

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void silenceShouldLeaveTheMailUnknown() {
    channel.freezeTime();
    send();
    talk("220 hello");

    channel.advanceTimeBy(31, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(outcomes).containsExactly(new Outcome.Unknown("no reply in time"));
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void oneMailAtATimeShouldBeOnItsWay() {
    send();

    assertThatIllegalStateException().isThrownBy(this::send);
  }

  @Test
  void aClosedConnectionShouldTakeNoMail() {
    channel.close();

    send();

    assertThat(outcomes).containsExactly(new Outcome.Unknown("the connection is closed"));
  }

  private void send() {
    handler.send(MAIL, outcomes::add);
  }

  private void talk(String... replies) {
    for (String reply : replies) {
      said(reply);
    }
  }

  private String said(String reply) {
    channel.writeInbound(Unpooled.copiedBuffer(reply + "\r\n", StandardCharsets.US_ASCII));
    return written();
  }

  private String written() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.append(part.toString(StandardCharsets.US_ASCII));
      part.release();
    }
    return all.toString();
  }
}
