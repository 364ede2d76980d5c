package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.UserId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmsKeyTest {
  /** Keys are in logs for ever: this one must not change. */
  @Test
  void keyShouldHaveItsGoldenBytes() {
    assertThat(new SmsKey("twilio", "ACdemo", "SM1").keyFor(new UserId(1)))
        .hasToString("eeb881cdf3f6975dc775f5a2fb2adedb");
  }

  @Test
  void keysShouldDifferInEveryPart() {
    Set<String> keys =
        Stream.of(
                new SmsKey("twilio", "ACdemo", "SM1"),
                new SmsKey("vonage", "ACdemo", "SM1"),
                new SmsKey("twilio", "ACdem", "oSM1"),
                new SmsKey("twilio", "ACdemo", "SM2"))
            .flatMap(key -> Stream.of(key.keyFor(new UserId(1)), key.keyFor(new UserId(2))))
            .map(Object::toString)
            .collect(Collectors.toSet());

    assertThat(keys).hasSize(8);
  }
}
