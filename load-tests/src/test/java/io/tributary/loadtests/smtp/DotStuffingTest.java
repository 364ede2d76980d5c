package io.tributary.loadtests.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffingTest {
  @ParameterizedTest
  @CsvSource({"a.b|,a.b|", ".|,..|", "..|,...|", "a|.b|.|,a|..b|..|", "|.|,|..|"})
  void dotsThatBeginALineShouldBeDoubled(String raw, String expected) {
    byte[] bytes = raw.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);

    String stuffed =
        DotStuffing.of(UnpooledByteBufAllocator.DEFAULT, bytes).toString(StandardCharsets.US_ASCII);

    assertThat(stuffed).isEqualTo(expected.replace("|", "\r\n"));
  }
}
