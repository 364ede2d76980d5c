package io.tributary.codecs.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Part;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails made to cost time, memory or an exception; each as big as a mail may be. */
class HostileMailTest {
  private static final int BYTES = 1024 * 1024;

  static Stream<Arguments> mails() {
    return Stream.of(
        Arguments.of("nested multiparts", nested()),
        Arguments.of(
            "nested, one boundary",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + filled("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")),
        Arguments.of(
            "many parts",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + filled("--b\r\n\r\nx\r\n")),
        Arguments.of("10,000 headers", "X-A: b\r\n".repeat(10_000) + "\r\nbody"),
        Arguments.of("headers only", filled("a:\r\n")),
        Arguments.of("one header, folded", "Subject: x" + filled("\r\n x")),
        Arguments.of("one header, one line", "Subject: " + filled("x")),
        Arguments.of("half encoded words", "Subject: " + filled("=? ")),
        Arguments.of("half encoded words in From", "From: " + filled("=?utf-8?Q?")),
        Arguments.of("half encoded words in To", "To: " + filled("=?a? <b@c>,")),
        Arguments.of("encoded words", "Subject: " + filled("=?utf-8?B?4oKs?= ")),
        Arguments.of("addresses", "To: " + filled("a@b,")),
        Arguments.of("many To headers", filled("To: a@b\r\n")),
        Arguments.of("open comments", "From: " + filled("(")),
        Arguments.of("open comments in To", "To: " + filled("(a")),
        Arguments.of("open quotes", "To: " + filled("\"\\")),
        Arguments.of("open groups", "To: " + filled("a:")),
        Arguments.of("open angles", "To: " + filled("<")),
        Arguments.of("routes", "To: <" + filled("@a,")),
        Arguments.of("ids", "References: " + filled("<a>")),
        Arguments.of("open ids", "References: " + filled("<")),
        Arguments.of("closed ids", "References: " + filled(">")),
        Arguments.of("parameters", "Content-Type: text/plain" + filled("; a=b")),
        Arguments.of(
            "continued parameters", "Content-Disposition: attachment" + continued() + "\r\n\r\n"),
        Arguments.of("long boundary", "Content-Type: multipart/mixed; boundary=" + filled("b")),
        Arguments.of(
            "boundary of a few KiB",
            "Content-Type: multipart/mixed; boundary=\""
                + "-".repeat(4_000)
                + "\"\r\n\r\n"
                + filled("-".repeat(3_999) + "\r\n")),
        Arguments.of("nested boundaries of dashes", dashes()),
        Arguments.of(
            "almost boundaries",
            "Content-Type: multipart/mixed; boundary=bbbbbbbbbb\r\n\r\n"
                + filled("\r\n--bbbbbbbbb")),
        Arguments.of("dashes", "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + filled("-")),
        Arguments.of(
            "base64 of nothing", "Content-Transfer-Encoding: base64\r\n\r\n" + filled("=")),
        Arguments.of(
            "quoted printable of nothing",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + filled("=\r\n")),
        Arguments.of(
            "blanks in quoted printable",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + filled(" ")),
        Arguments.of("open tags", html("<")),
        Arguments.of("open tags with names", html("<a ")),
        Arguments.of("open comments in HTML", html("<!-")),
        Arguments.of("open scripts", html("<script>")),
        Arguments.of("entities", html("&amp")),
        Arguments.of("blocks", html("<p>")),
        Arguments.of("blanks in HTML", html(" ")),
        Arguments.of("NUL", filled("\0")),
        Arguments.of("CR", filled("\r")),
        Arguments.of("LF", filled("\n")));
  }

  /** In processor time, so that a busy machine does not matter. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("mails")
  @Timeout(60)
  void hostileMailShouldBeReadInBoundedTime(String name, String mail) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long startNanos = thread.getCurrentThreadCpuTime();
    ReadMail read = read(mail);
    Duration spent = Duration.ofNanos(thread.getCurrentThreadCpuTime() - startNanos);

    assertThat(spent).as(name).isLessThan(Duration.ofSeconds(2));
    assertThat(read.content().text().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Content.TEXT_BYTES_MAX);
  }

  @Property
  void anyBytesShouldBeRead(@ForAll byte[] bytes, @ForAll("nearlyMails") String nearly) {
    ReadMail mail = MailReader.read(Bytes.copyOf(bytes));
    assertThat(mail.content().raw()).isEqualTo(Bytes.copyOf(bytes));
    read(nearly);
  }

  @Property
  void whatIsReadShouldFitIntoTheValues(@ForAll("nearlyMails") String nearly) {
    ReadMail mail = read(nearly);
    assertThat(mail.to()).hasSizeLessThanOrEqualTo(Envelope.TO_MAX);
    String shown = mail.content().subject() + mail.content().text() + mail.fromName();
    assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .as("no halves of surrogate pairs")
        .isEqualTo(shown);
  }

  @Property
  void everyListedPartAndNoOtherShouldBeThere(@ForAll("nearlyMails") String nearly) {
    Bytes raw = Bytes.copyOf(nearly.getBytes(StandardCharsets.UTF_8));
    List<Part> parts = MailReader.read(raw).content().parts();
    for (int index = 0; index < parts.size(); index++) {
      Bytes part = MailReader.part(raw, index).orElseThrow();
      assertThat((long) part.length()).isEqualTo(parts.get(index).bytes());
      assertThat(part.length()).isLessThanOrEqualTo(raw.length());
    }
    assertThat(MailReader.part(raw, parts.size())).isEmpty();
    assertThat(MailReader.part(raw, -1)).isEmpty();
  }

  @Provide
  Arbitrary<String> nearlyMails() {
    return Arbitraries.of(
            "\r\n",
            "\r\n\r\n",
            "From: ",
            "To: ",
            "Subject: ",
            "References: ",
            "Message-ID: ",
            "Content-Type: ",
            "multipart/mixed",
            "text/html",
            "text/plain",
            "message/rfc822",
            "; boundary=b",
            "; charset=",
            "utf-16",
            "x",
            "\r\n--b\r\n",
            "\r\n--b--\r\n",
            "Content-Transfer-Encoding: ",
            "base64",
            "quoted-printable",
            "=?utf-8?B?",
            "?=",
            "=ED=A0=80",
            "&#xd800;",
            "<p>",
            "<",
            ">",
            "@",
            ",",
            ";",
            ":",
            "\"",
            "\\",
            "(",
            ")",
            "a",
            "\u00e4",
            "\ud83d\ude00",
            "Content-Disposition: attachment; filename",
            "*0*=",
            "utf-8''%",
            "=",
            "\u0000")
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  private static ReadMail read(String mail) {
    return MailReader.read(Bytes.ofUtf8(mail));
  }

  private static String filled(String piece) {
    return piece.repeat(BYTES / piece.length());
  }

  private static String html(String piece) {
    return "Content-Type: text/html\r\n\r\n" + filled(piece);
  }

  private static String continued() {
    StringBuilder parameters = new StringBuilder();
    for (int i = 0; parameters.length() < BYTES; i++) {
      parameters.append("; filename*").append(i).append("=x");
    }
    return parameters.toString();
  }

  /** Each level has to look for its own boundary in what is almost one. */
  private static String dashes() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < MailReader.DEPTH_MAX; i++) {
      String boundary = "-".repeat(100 - i);
      mail.append("Content-Type: multipart/mixed; boundary=\"").append(boundary);
      mail.append("\"\r\n\r\n--").append(boundary).append("\r\n");
    }
    return mail + "\r\n" + filled("\r\n-x" + "-".repeat(95));
  }

  private static String nested() {
    StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
    for (int i = 1; mail.length() < BYTES; i++) {
      mail.append("--b").append(i - 1).append("\r\nContent-Type: multipart/mixed; boundary=b");
      mail.append(i).append("\r\n\r\n");
    }
    return mail.toString();
  }
}
