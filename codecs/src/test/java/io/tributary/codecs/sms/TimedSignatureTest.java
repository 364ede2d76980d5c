package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedSignatureTest {
  private static final String URL = "https://sms.example.com/sms/generic/acme?a=%20b";

  /** Computed with openssl dgst -sha256 -hmac secret. */
  @Test
  void signatureShouldBeTheDocumentedOne() {
    assertThat(TimedSignature.of(1_700_000_000, URL, Bytes.ofUtf8("{\"id\":\"1\"}"), "secret"))
        .hasToString(
            "t=1700000000,v1=03e4cb725c4e4518dccda5d2013dde8dff7de3ec5a005dac48a754c5baa6f013");
  }

  @Property
  void whatIsWrittenShouldBeReadAndBeItsOwn(
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long seconds,
      @ForAll byte[] body,
      @ForAll @NotEmpty String secret) {
    TimedSignature made = TimedSignature.of(seconds, URL, Bytes.copyOf(body), secret);

    TimedSignature read = TimedSignature.parse(made.toString()).orElseThrow();

    assertThat(read).isEqualTo(made);
    assertThat(read.signs(URL, Bytes.copyOf(body), secret)).isTrue();
    assertThat(read.signs(URL + "x", Bytes.copyOf(body), secret)).isFalse();
    assertThat(read.signs(URL, Bytes.copyOf(body), secret + "x")).isFalse();
    assertThat(new TimedSignature(seconds + 1, read.v1()).signs(URL, Bytes.copyOf(body), secret))
        .isFalse();
  }

  @Property
  void anyChangedByteShouldBeNoticed(
      @ForAll @NotEmpty byte[] body,
      @ForAll int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    TimedSignature made = TimedSignature.of(1, URL, Bytes.copyOf(body), "secret");
    body[Math.floorMod(at, body.length)] ^= (byte) change;

    assertThat(made.signs(URL, Bytes.copyOf(body), "secret")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1", "t=x,v1=y", "v1=", "t=1,v1=", "t=1;v1=a", "t=-1,v1=a"})
  void otherFormsShouldBeNone(String written) {
    assertThat(TimedSignature.parse(written)).isEmpty();
  }

  @Property
  void anyHeaderShouldBeReadOrNone(@ForAll String written) {
    assertThat(TimedSignature.parse(written)).isEmpty();
  }
}
