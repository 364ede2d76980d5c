package io.tributary.codecs.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailReaderTest {

  @Test
  void plainMailShouldBeReadWhole() {
    ReadMail mail =
        read(
            """
            From: "Carol Öztürk" <Carol@Else.example>
            To: Bob <bob@example.com>, undisclosed: alice@example.com, dan@example.com;, bob@example.com
            Cc: eve@example.com, BOB@example.com
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cw==?= Bonn
            Message-ID: <1@else.example>
            Date: Mon, 23 Nov 2026 10:00:00 +0000

            Hello Bob,
            wie geht's?
            """);

    assertThat(mail.fromAddress()).contains(Address.parse("email:carol@else.example"));
    assertThat(mail.fromName()).isEqualTo("Carol Öztürk");
    assertThat(mail.to())
        .extracting(Address::value)
        .containsExactly(
            "bob@example.com", "alice@example.com", "dan@example.com", "eve@example.com");
    assertThat(mail.content().subject()).isEqualTo("Grüße aus Bonn");
    assertThat(mail.content().text()).isEqualTo("Hello Bob,\nwie geht's?\n");
    assertThat(mail.content().parts()).isEmpty();
    assertThat(mail.hasIdentity()).isTrue();
  }

  @Test
  void alternativeShouldShowItsPlainTextAndListTheRest() {
    ReadMail mail =
        read(
            """
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary="a b"

            --a b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9
            --a b
            Content-Type: text/html

            <p>caf&eacute;
            --a b--
            --m
            Content-Type: image/PNG
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*0*=utf-8''%E2%82%AC; filename*1=uro.png

            AAECAwQ=
            --m
            Content-Type: text/plain; name="=?utf-8?Q?n=C3=B6te.txt?="

            not the text
            --m
            Content-Type: message/rfc822

            Subject: inner

            inner text
            --m--
            """);

    assertThat(mail.content().text()).isEqualTo("café");
    assertThat(mail.content().subject()).isEmpty();
    assertThat(mail.content().parts())
        .containsExactly(
            new Part("", "text/html", 14),
            new Part("€uro.png", "image/png", 5),
            new Part("nöte.txt", "text/plain", 12),
            new Part("", "message/rfc822", 28));
  }

  @Test
  void htmlAloneShouldBecomeReadableText() {
    ReadMail mail =
        read(
            """
            Content-Type: text/html; charset=utf-8

            <html><head><title>no</title><style>p {color:red}</style></head><body>
            <!-- no > no --><h1>Hello&nbsp;Bob</h1><p>a &lt;b&gt; &amp; c &euro;5 &#x263a;</p>
            <ul><li>one<li>two</ul><script>if (a < b) no()</script>1 < 2 &unknown; <b>end</b></body></html>
            """);

    assertThat(mail.content().text())
        .isEqualTo("Hello Bob\n\na <b> & c €5 ☺\n\none\ntwo\n1 < 2 &unknown; end");
    assertThat(mail.content().parts()).extracting(Part::contentType).containsExactly("text/html");
  }

  @Test
  void blankPlainTextShouldGiveWayToHtml() {
    ReadMail mail =
        read(
            """
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain

            \s
            --a
            Content-Type: text/html

            <p>seen</p>
            --a--
            """);

    assertThat(mail.content().text()).isEqualTo("seen");
  }

  @Test
  void threadHeadersShouldComeNearestFirst() {
    ReadMail mail =
        read(
            """
            Message-ID: < own@x >
            In-Reply-To: "your mail" <2@x>
            References: <0@x>
             <1@x> <2@x>

            """);

    assertThat(mail.content().references().own()).contains(MessageIds.hash("own@x"));
    assertThat(mail.content().references().parents())
        .containsExactly(MessageIds.hash("2@x"), MessageIds.hash("1@x"), MessageIds.hash("0@x"));
  }

  @Test
  void idHashShouldStayWhatItIs() {
    assertThat(MessageIds.hash("1@else.example")).hasToString("3cae7989081a34b6bee37fd661be2e76");
  }

  @Test
  void longReferencesShouldKeepTheNearest() {
    StringBuilder written = new StringBuilder("References:");
    for (int i = 0; i < 1_000; i++) {
      written.append(" <").append(i).append("@x>\n");
    }
    List<Bytes> parents = read(written + "\n").content().references().parents();
    assertThat(parents).hasSize(100).startsWith(MessageIds.hash("999@x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bob@example.com|bob@example.com|''",
        "<bob@example.com>|bob@example.com|''",
        "Bob <bob@example.com>|bob@example.com|Bob",
        "\"Smith, Bob\" <bob@example.com>|bob@example.com|Smith, Bob",
        "=?iso-8859-1?q?J=F6rg?= <bob@example.com>|bob@example.com|Jörg",
        "Bob (the (real) one) <bob@example.com>|bob@example.com|Bob",
        "bob@example.com, eve@example.com|bob@example.com|''",
        "nobody, bob@example.com|bob@example.com|''",
        "Bob <\"b b\"@example.com>|\"b b\"@example.com|Bob",
        "Bob <bob@bücher.example>|bob@xn--bcher-kva.example|Bob",
        "team: bob@example.com;|bob@example.com|''",
        "Bob <bob@example.com|bob@example.com|Bob",
      })
  void fromShouldGiveItsFirstMailbox(String written, String address, String name) {
    ReadMail mail = read("From: " + written + "\n\n");
    assertThat(mail.fromAddress().orElseThrow().value()).isEqualTo(address);
    assertThat(mail.fromName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"''", "nobody", "<>", "bob@", "@example.com", "Bob <bob at example.com>", "';;;'"})
  void fromWithoutAnAddressShouldGiveNone(String written) {
    assertThat(read("From: " + written + "\n\n").fromAddress()).isEmpty();
  }

  @Test
  void undeclaredEightBitTextShouldBeUtf8IfItCanBe() {
    byte[] latin1 = "Subject: x\r\n\r\ncaf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf8 = "Subject: x\r\n\r\ncaf\u00e9".getBytes(StandardCharsets.UTF_8);
    assertThat(MailReader.read(Bytes.ofOwned(latin1)).content().text()).isEqualTo("café");
    assertThat(MailReader.read(Bytes.ofOwned(utf8)).content().text()).isEqualTo("café");
  }

  @Test
  void wrongUtf8ShouldBecomeReplacementCharacters() {
    byte[] wrong =
        "Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\u00e9!"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(MailReader.read(Bytes.ofOwned(wrong)).content().text()).isEqualTo("caf\ufffd!");
  }

  @ParameterizedTest
  @CsvSource({"no-such-charset", "'\"\"'", "utf-7", "'=?x?='"})
  void unknownCharsetShouldBeGuessed(String charset) {
    String mail = "Content-Type: text/plain; charset=" + charset + "\n\ncafé";
    assertThat(read(mail).content().text()).isEqualTo("café");
  }

  @Test
  void controlCharactersShouldNotReachWhoeverShowsIt() {
    ReadMail mail = read("Subject: a\u001b[31mb\u0000 \t c\n\nx\u001b]0;y\u0007\tz\n");
    assertThat(mail.content().subject()).isEqualTo("a [31mb c");
    assertThat(mail.content().text()).isEqualTo("x]0;y\tz\n");
  }

  @Test
  void textShouldBeCutBetweenCharacters() {
    assertThat(read("Subject: x\n\n" + "€".repeat(30_000)).content().text())
        .isEqualTo("€".repeat(64 * 1024 / 3));
    assertThat(read("Subject: " + "😀".repeat(600) + "\n\n").content().subject())
        .isEqualTo("😀".repeat(500));
    assertThat(read("Subject: x" + "😀".repeat(600) + "\n\n").content().subject()).hasSize(999);
  }

  @Test
  void mailWithoutHeadersOrBodyShouldBeRead() {
    for (String mail : List.of("", "\n", "\n\n", "just text, no headers\nmore\n", ":\n", " \n")) {
      ReadMail read = read(mail);
      assertThat(read.fromAddress()).isEmpty();
      assertThat(read.hasIdentity()).isFalse();
    }
    assertThat(read("\nonly a body").content().text()).isEqualTo("only a body");
  }

  @Test
  void brokenMultipartShouldStillShowItsText() {
    assertThat(read("Content-Type: multipart/mixed\n\nno boundary").content().text())
        .isEqualTo("no boundary");
    assertThat(
            read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed")
                .content()
                .text())
        .isEqualTo("never closed");
    assertThat(
            read("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8*!=\n")
                .content()
                .text())
        .isEqualTo("hello");
  }

  @Test
  void partsShouldBeDecodedAndNumberedAsListed() {
    Bytes mail =
        Bytes.ofUtf8(
            """
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain

            the text, which is no part
            --m
            Content-Type: text/html

            <b>hi</b>
            --m
            Content-Type: image/png; name=a.png
            Content-Transfer-Encoding: base64

            AAEC/w==
            --m
            Content-Disposition: attachment; filename=b.txt
            Content-Transfer-Encoding: quoted-printable

            caf=E9=
             au lait
            --m--
            """
                .replace("\n", "\r\n"));

    assertThat(MailReader.read(mail).content().parts())
        .extracting(Part::name)
        .containsExactly("", "a.png", "b.txt");
    assertThat(MailReader.part(mail, 0)).contains(Bytes.ofUtf8("<b>hi</b>"));
    assertThat(MailReader.part(mail, 1)).contains(Bytes.ofOwned(new byte[] {0, 1, 2, -1}));
    assertThat(MailReader.part(mail, 2))
        .contains(Bytes.copyOf("caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(MailReader.part(mail, 3)).isEmpty();
    assertThat(MailReader.part(mail, -1)).isEmpty();
  }

  private static ReadMail read(String mail) {
    return MailReader.read(Bytes.ofUtf8(mail.replace("\n", "\r\n")));
  }
}
