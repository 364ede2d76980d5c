package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.message.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "1", "\"a\"", "[]", "{", "{} {}", "{}x", "{a:1}", "{'a':1}"})
  void whatIsNotOneObjectShouldBeRefused(String body) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOfSatisfying(
            BadPayloadException.class, bad -> assertThat(bad.field()).isEqualTo("body"));
  }

  @Test
  void bytesThatAreNotUtf8ShouldBeRefused() {
    byte[] latin1 = {'{', '"', 'a', '"', ':', '"', (byte) 0xe4, '"', '}'};

    assertThatThrownBy(() -> JsonBody.parse(Bytes.copyOf(latin1)))
        .isInstanceOf(BadPayloadException.class);
  }

  @Test
  void deepBodiesShouldBeRefusedAndNoStackOverflow() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThatThrownBy(() -> parse(deep)).isInstanceOf(BadPayloadException.class);
  }

  @Test
  void valuesShouldBeReadAsText() {
    JsonBody json = parse("{\"a\":\"x\",\"n\":2,\"u\":\"\\ud83d\",\"z\":null,\"o\":{\"b\":\"y\"}}");

    assertThat(json.text("a")).hasValue("x");
    assertThat(json.count("n")).hasValue(2);
    assertThat(json.text("u")).hasValue("\ud83d");
    assertThat(json.text("z")).isEmpty();
    assertThat(json.object("o").orElseThrow().text("b")).hasValue("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "[]", "{}", "[1]"})
  void anotherTypeShouldBeNamed(String value) {
    assertThatThrownBy(() -> parse("{\"a\":" + value + "}").text("a"))
        .isInstanceOf(BadPayloadException.class)
        .hasMessage("a: a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "-1", "1e99", "\"x\"", "12345678901"})
  void whatIsNoCountShouldBeNamed(String value) {
    assertThatThrownBy(() -> parse("{\"a\":" + value + "}").count("a"))
        .isInstanceOf(BadPayloadException.class);
  }

  @Test
  void fieldsInsideShouldBeNamedWithTheirWay() {
    JsonBody json = parse("{\"o\":{},\"l\":[{}],\"m\":[1],\"p\":1}");

    assertThatThrownBy(() -> json.object("o").orElseThrow().required("url"))
        .hasMessage("o.url: is needed");
    assertThatThrownBy(() -> json.objects("l").get(0).required("url"))
        .hasMessage("l.url: is needed");
    assertThatThrownBy(() -> json.objects("m")).hasMessage("m: an object");
    assertThatThrownBy(() -> json.objects("p")).hasMessage("p: a list of objects");
    assertThatThrownBy(() -> json.object("p")).hasMessage("p: an object");
  }

  @Property
  void anyBytesShouldBeAnObjectOrRefused(@ForAll byte[] bytes) {
    try {
      assertThat(JsonBody.parse(Bytes.copyOf(bytes))).isNotNull();
    } catch (BadPayloadException refused) {
      assertThat(refused.field()).isEqualTo("body");
    }
  }

  private static JsonBody parse(String text) {
    return JsonBody.parse(Bytes.ofUtf8(text));
  }
}
