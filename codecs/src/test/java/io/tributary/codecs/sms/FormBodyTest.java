package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.message.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormBodyTest {
  @Property
  void whatJavaEncodesShouldBeReadBack(
      @ForAll @Size(max = 20) Map<@NotEmpty String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));

    FormBody form = FormBody.parse(Bytes.ofUtf8(body));

    fields.forEach((name, value) -> assertThat(form.text(asSent(name))).hasValue(asSent(value)));
  }

  @Property
  void anyBytesShouldBeRead(@ForAll byte[] bytes) {
    assertThat(FormBody.parse(Bytes.copyOf(bytes)).fields()).hasSizeLessThanOrEqualTo(bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=%|%",
        "a=%4|%4",
        "a=%4g|%4g",
        "a=%41|A",
        "a=%41%|A%",
        "a=1=2|1=2",
        "a|''",
        "&&a=x&|x",
        "a=one&a=two|one",
        "a=x+y%2B|x y+",
        "b=1&a=%F0%9F%98%80|😀",
        "a=%ED%A0%BD|�",
      })
  void oddSpellingsShouldBeReadOneWay(String body, String value) {
    assertThat(FormBody.parse(Bytes.ofUtf8(body)).text("a")).hasValue(value);
  }

  @Test
  void absentFieldsShouldBeAbsent() {
    FormBody form = FormBody.parse(Bytes.ofUtf8("a=1"));

    assertThat(form.text("b")).isEmpty();
    assertThat(form.count("b")).isEmpty();
    assertThatThrownBy(() -> form.required("b"))
        .isInstanceOfSatisfying(
            BadPayloadException.class, bad -> assertThat(bad.field()).isEqualTo("b"));
  }

  @Test
  void tooManyFieldsShouldBeRefused() {
    assertThatThrownBy(() -> FormBody.parse(Bytes.ofUtf8("a&".repeat(FormBody.FIELDS_MAX + 1))))
        .isInstanceOf(BadPayloadException.class);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Java sends a question mark for half a surrogate pair. */
  private static String asSent(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
