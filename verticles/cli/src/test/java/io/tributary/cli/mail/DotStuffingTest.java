package io.tributary.cli.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffingTest {
  @ParameterizedTest
  @CsvSource({
    "a~, a~.~",
    "a, a~.~",
    ".~, ..~.~",
    "..~, ...~.~",
    "a~.b~, a~..b~.~",
    "a~~.~, a~~..~.~",
    "a.~, a.~.~",
    "'', .~"
  })
  void linesThatBeginWithADotShouldGetAnother(String message, String wire) {
    assertThat(new String(DotStuffing.stuffed(bytes(message)), ISO_8859_1))
        .isEqualTo(wire.replace("~", "\r\n"));
  }

  @Property
  void receiverShouldGetTheSameBytesBack(@ForAll("messages") String message) {
    String whole = message.isEmpty() || message.endsWith("\r\n") ? message : message + "\r\n";

    String wire = new String(DotStuffing.stuffed(message.getBytes(ISO_8859_1)), ISO_8859_1);

    assertThat(wire).endsWith(".\r\n");
    String data = wire.substring(0, wire.length() - 3);
    assertThat(("\r\n" + data)).doesNotContain("\r\n.\r\n");
    assertThat(("\r\n" + data).replace("\r\n..", "\r\n.").substring(2)).isEqualTo(whole);
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.of(".", "\r\n", "\r", "\n", "a", "\u00ff")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Test
  void fileOfAnEditorShouldGetNetworkLineEnds() {
    assertThat(DotStuffing.withNetworkLineEnds("a\nb\n".getBytes(ISO_8859_1)))
        .isEqualTo("a\r\nb\r\n".getBytes(ISO_8859_1));
    byte[] mixed = "a\r\nb\n".getBytes(ISO_8859_1);
    assertThat(DotStuffing.withNetworkLineEnds(mixed)).isEqualTo(mixed);
  }

  private static byte[] bytes(String written) {
    return written.replace("~", "\r\n").getBytes(ISO_8859_1);
  }
}
