package io.tributary.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void escapeSequencesShouldNotReachATerminal() {
    assertThat(Plain.line("a\u001b]0;owned\u0007b\u009b31m")).isEqualTo("a?]0;owned?b?31m");
    assertThat(Plain.text("one\r\ntwo\tx\u001b[2Jy")).isEqualTo("one\ntwo\tx?[2Jy");
  }

  @Test
  void rightToLeftOverridesShouldNotReachATerminal() {
    assertThat(Plain.line("invoice\u202Efdp.exe")).isEqualTo("invoice?fdp.exe");
  }

  @Test
  void lettersOfAnyScriptShouldStay() {
    assertThat(Plain.line("Grüße, 世界 🙂")).isEqualTo("Grüße, 世界 🙂");
  }

  @Property
  void lineShouldHoldNoControlCharacterWhateverComesIn(@ForAll String any) {
    assertThat(Plain.line(any).codePoints()).noneMatch(PlainTest::isDangerous);
    assertThat(Plain.text(any).codePoints().filter(c -> c != '\n' && c != '\t'))
        .noneMatch(PlainTest::isDangerous);
  }

  @Property
  void cutShouldKeepToTheLimitAndNotTearACharacter(
      @ForAll String any, @ForAll @IntRange(min = 1, max = 50) int limit) {
    String cut = Plain.cut(any, limit);

    assertThat(cut.codePointCount(0, cut.length())).isLessThanOrEqualTo(limit);
    assertThat(cut.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static boolean isDangerous(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }
}
