package io.tributary.codecs.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpCommandParserTest {

  static Stream<Arguments> understood() {
    return Stream.of(
        Arguments.of("EHLO mx.example", new SmtpCommand.Hello(true, "mx.example")),
        Arguments.of("helo [192.0.2.1]", new SmtpCommand.Hello(false, "[192.0.2.1]")),
        Arguments.of("MAIL FROM:<a@b.example>", mail("a@b.example")),
        Arguments.of("mail from:<>", mail("")),
        Arguments.of("MAIL FROM: <a@b.example>  ", mail("a@b.example")),
        Arguments.of("MAIL\tFROM:<a@b.example>", mail("a@b.example")),
        Arguments.of("MAIL FROM:<@x.example,@y.example:a@b.example>", mail("a@b.example")),
        Arguments.of("MAIL FROM:<\"a> b\\\"\"@b.example>", mail("\"a> b\\\"\"@b.example")),
        Arguments.of(
            "MAIL FROM:<a@b> SIZE=1000 body=8bitmime",
            new SmtpCommand.Mail("a@b", OptionalLong.of(1000))),
        Arguments.of(
            "MAIL FROM:<a@b> BODY=7BIT SIZE=99999999999999999999",
            new SmtpCommand.Mail("a@b", OptionalLong.of(Long.MAX_VALUE))),
        Arguments.of("RCPT TO:<bob@example.com>", new SmtpCommand.Rcpt("bob@example.com")),
        Arguments.of("RCPT TO:<Postmaster>", new SmtpCommand.Rcpt("Postmaster")),
        Arguments.of("DATA", new SmtpCommand.Data()),
        Arguments.of("data  ", new SmtpCommand.Data()),
        Arguments.of("RSET", new SmtpCommand.Reset()),
        Arguments.of("NOOP ignore this", new SmtpCommand.Noop()),
        Arguments.of("HELP", new SmtpCommand.Help()),
        Arguments.of("VRFY bob", new SmtpCommand.Verify()),
        Arguments.of("QUIT", new SmtpCommand.Quit()),
        Arguments.of("POST / HTTP/1.1", new SmtpCommand.Foreign()));
  }

  @ParameterizedTest
  @MethodSource("understood")
  void commandShouldBeUnderstood(String line, SmtpCommand command) {
    assertThat(parse(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|500 5.5.1",
        "XYZZY|500 5.5.1",
        "STARTTLS|502 5.5.1",
        "EXPN list|502 5.5.1",
        "BDAT 10 LAST|502 5.5.1",
        "EHLO|501 5.5.4",
        "EHLO two words|501 5.5.4",
        "EHLO exämple|501 5.5.4",
        "DATA now|501 5.5.4",
        "RSET x|501 5.5.4",
        "QUIT x|501 5.5.4",
        "VRFY|501 5.5.4",
        "MAIL|500 5.5.2",
        "MAIL TO:<a@b>|500 5.5.2",
        "MAIL FROM|500 5.5.2",
        "MAIL FROM:a@b|500 5.5.2",
        "MAIL FROM:<a@b|500 5.5.2",
        "MAIL FROM:<a b@c>|500 5.5.2",
        "MAIL FROM:<<a@b>>|500 5.5.2",
        "MAIL FROM:<a@b>SIZE=1|500 5.5.2",
        "MAIL FROM:<root>|501 5.1.7",
        "MAIL FROM:<a@>|501 5.1.7",
        "MAIL FROM:<jösé@b.example>|553 5.6.7",
        "MAIL FROM:<a@b> SIZE=|501 5.5.4",
        "MAIL FROM:<a@b> SIZE|501 5.5.4",
        "MAIL FROM:<a@b> SIZE=-1|501 5.5.4",
        "MAIL FROM:<a@b> SIZE=1 SIZE=1|501 5.5.4",
        "MAIL FROM:<a@b> BODY=BINARYMIME|501 5.5.4",
        "MAIL FROM:<a@b> SMTPUTF8|555 5.5.4",
        "MAIL FROM:<a@b> RET=FULL|555 5.5.4",
        "MAIL FROM:<a@b> =x|555 5.5.4",
        "RCPT TO:<>|501 5.1.3",
        "RCPT TO:<bob@example.com> NOTIFY=NEVER|555 5.5.4",
        "RCPT FROM:<bob@example.com>|500 5.5.2",
      })
  void wrongCommandShouldNameItsRule(String line, String reply) {
    assertThat(parse(line)).isInstanceOf(SmtpCommand.Wrong.class);
    assertThat(((SmtpCommand.Wrong) parse(line)).reply().toString()).startsWith(reply + " ");
  }

  @ParameterizedTest
  @MethodSource("controls")
  void controlCharacterShouldBeASyntaxError(String line) {
    assertThat(((SmtpCommand.Wrong) parse(line)).reply().toString()).startsWith("500 5.5.2 ");
  }

  static Stream<String> controls() {
    return Stream.of(
        "NOOP\r", "NOOP\nQUIT", "\n", "NO\rOP", "NOOP \u0000", "NOOP \u007f", "\u001b[A");
  }

  @Property
  void nothingShouldBeThrown(@ForAll byte[] line, @ForAll("nearlyCommands") String nearly) {
    assertThat(SmtpCommandParser.parse(Bytes.copyOf(line))).isNotNull();
    if (parse(nearly) instanceof SmtpCommand.Wrong wrong) {
      assertThat(wrong.reply().encode().length()).isLessThanOrEqualTo(512);
    }
  }

  @Provide
  Arbitrary<String> nearlyCommands() {
    return Arbitraries.of(
            "MAIL ",
            "RCPT ",
            "FROM:",
            "TO:",
            "<",
            ">",
            "@",
            "a",
            ":",
            "\"",
            "\\",
            " ",
            "SIZE",
            "=",
            "1",
            "BODY",
            "7BIT",
            "\u00e4",
            "x".repeat(600))
        .list()
        .ofMaxSize(10)
        .map(pieces -> String.join("", pieces));
  }

  private static SmtpCommand mail(String sender) {
    return new SmtpCommand.Mail(sender, OptionalLong.empty());
  }

  private static SmtpCommand parse(String latin1) {
    return SmtpCommandParser.parse(Bytes.copyOf(ToyServer.octets(latin1)));
  }
}
