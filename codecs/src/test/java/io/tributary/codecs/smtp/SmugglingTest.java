package io.tributary.codecs.smtp;

import static io.tributary.codecs.smtp.DataFlaw.BARE_CR;
import static io.tributary.codecs.smtp.DataFlaw.BARE_LF;
import static io.tributary.codecs.smtp.DataFlaw.NUL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What other servers have taken for an end of data ("SMTP smuggling"): a second mail hidden in the
 * data must never come out as commands, and the mail must be noted as flawed.
 */
class SmugglingTest {
  private static final String HIDDEN =
      "MAIL FROM:<admin@example.com>\r\nRCPT TO:<bob@example.com>\r\n";

  static Stream<Arguments> falseEnds() {
    return Stream.of(
        Arguments.of("\n.\n", Set.of(BARE_LF)),
        Arguments.of("\n.\r\n", Set.of(BARE_LF)),
        Arguments.of("\r\n.\n", Set.of(BARE_LF)),
        Arguments.of("\r.\r", Set.of(BARE_CR)),
        Arguments.of("\r.\n", Set.of(BARE_CR, BARE_LF)),
        Arguments.of("\n.\r", Set.of(BARE_LF, BARE_CR)),
        Arguments.of("\r.\r\n", Set.of(BARE_CR)),
        Arguments.of("\r\n.\r", Set.of(BARE_CR)),
        Arguments.of("\r\n.\r\r\n", Set.of(BARE_CR)),
        Arguments.of("\r\r\n.\r\r\n", Set.of(BARE_CR)),
        Arguments.of("\n\n.\r\n", Set.of(BARE_LF)),
        Arguments.of("\r\n\u0000.\r\n", Set.of(NUL)),
        Arguments.of("\r\n.\u0000\r\n", Set.of(NUL)),
        Arguments.of("\r\u0000\n.\r\u0000\n", Set.of(BARE_CR, BARE_LF, NUL)),
        Arguments.of("\r\n.\r\u0000\n", Set.of(BARE_CR, BARE_LF, NUL)),
        Arguments.of("\u0085.\u0085", Set.of()),
        Arguments.of("\r\n..\r\n", Set.of()),
        Arguments.of("\r\n. \r\n", Set.of()));
  }

  @ParameterizedTest
  @MethodSource("falseEnds")
  void falseEndShouldBeContent(String falseEnd, Set<DataFlaw> flaws) {
    List<Object> frames =
        new ToyServer(true)
            .feed("DATA\r\nfirst" + falseEnd + HIDDEN + "\r\n.\r\nQUIT\r\n")
            .frames();

    assertThat(frames).hasSize(4).first().isEqualTo("DATA");
    assertThat(frames.subList(2, 4)).containsExactly(new SmtpFrame.DataEnd(flaws), "QUIT");
  }

  /** All strings of CR, LF, dot, NUL and a letter up to a length: only CRLF.CRLF ends data. */
  @org.junit.jupiter.api.Test
  void onlyOneSequenceShouldEndData() {
    for (String middle : strings("\r\n.\u0000x", 6)) {
      String sent = "x" + middle;
      boolean ends = sent.contains("\r\n.\r\n");
      ToyServer server = new ToyServer(true).feed("DATA\r\n" + sent);
      boolean ended = server.frames().stream().anyMatch(SmtpFrame.DataEnd.class::isInstance);
      assertThat(ended).as(escaped(sent)).isEqualTo(ends);
      if (!ends) {
        Object end = server.feed("y\r\n.\r\n").frames().get(2);
        assertThat(end).as(escaped(sent)).isEqualTo(new SmtpFrame.DataEnd(flawsOf(sent + "y")));
      }
    }
  }

  private static Set<DataFlaw> flawsOf(String data) {
    String rest = data.replace("\r\n", "");
    Set<DataFlaw> flaws = EnumSet.noneOf(DataFlaw.class);
    if (rest.contains("\r")) {
      flaws.add(BARE_CR);
    }
    if (rest.contains("\n")) {
      flaws.add(BARE_LF);
    }
    if (rest.contains("\u0000")) {
      flaws.add(NUL);
    }
    return flaws;
  }

  private static List<String> strings(String alphabet, int length) {
    List<String> all = new ArrayList<>(List.of(""));
    for (int from = 0; all.get(from).length() < length; from++) {
      for (char c : alphabet.toCharArray()) {
        all.add(all.get(from) + c);
      }
    }
    return all;
  }

  private static String escaped(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\u0000", "\\0");
  }
}
