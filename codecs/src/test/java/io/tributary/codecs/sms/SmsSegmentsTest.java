package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTest {
  @ParameterizedTest
  @CsvSource({
    "a,0,1", "a,1,1", "a,160,1", "a,161,2", "a,306,2", "a,307,3",
    "€,80,1", // each is an escape and a character
    "€,81,2", // 76 fit beside a header, the 77th is not divided
    "€,152,2", "€,153,3", "я,70,1", "я,71,2", "я,134,2", "я,135,3", "😀,35,1",
    "😀,36,2", // 33 fit beside a header, the 34th is not divided
    "😀,66,2", "😀,67,3", "ç,70,1", // only the capital is in the GSM alphabet
    "Ç,160,1",
  })
  void textShouldTakeAsManySegmentsAsTheStandardSays(String unit, int times, int segments) {
    assertThat(SmsSegments.of(unit.repeat(times))).isEqualTo(segments);
  }

  @Test
  void oneOtherCharacterShouldMakeAllOfItUcs2() {
    assertThat(SmsSegments.of("a".repeat(160))).isEqualTo(1);
    assertThat(SmsSegments.of("a".repeat(159) + "ж")).isEqualTo(3);
  }

  @Test
  void everyCharacterOfTheGsmAlphabetShouldCountAsOne() {
    String basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    assertThat(basic).hasSize(127); // 128 with the escape
    assertThat(SmsSegments.of(basic + "a".repeat(33))).isEqualTo(1);
    assertThat(SmsSegments.of(basic + "a".repeat(34))).isEqualTo(2);
  }

  @Property
  void anyTextShouldHaveASegmentAndNeverFewerWhenItGrows(@ForAll String text) {
    int segments = SmsSegments.of(text);

    assertThat(segments).isPositive().isLessThanOrEqualTo(SmsSegments.of(text + "a"));
    assertThat(segments).isBetween((text.length() + 159) / 160, 1 + text.length() / 66);
  }
}
