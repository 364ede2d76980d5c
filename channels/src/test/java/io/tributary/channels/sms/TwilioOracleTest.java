package io.tributary.channels.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.tributary.channels.sms.SmsAccount.Mode;
import io.tributary.channels.sms.Webhooks.Sent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Our check against that of Twilio's own library. */
class TwilioOracleTest {
  private static final SmsAccount ACCOUNT =
      Webhooks.account("twilio", "main", "AC1", Mode.ENFORCE, Webhooks.SECRET);

  private final SmsProvider twilio = new Twilio();
  private final RequestValidator oracle = new RequestValidator(Webhooks.SECRET);

  @Property(tries = 300)
  void formsShouldBeJudgedAsTwilioDoes(
      @ForAll("fields") Map<String, String> fields,
      @ForAll("urls") String url,
      @ForAll boolean right) {
    Sent sent = Webhooks.twilio("main", Webhooks.form(fields));
    sent.url = url;
    String signature = signature(url + flat(fields) + (right ? "" : "x"));
    sent.with("X-Twilio-Signature", signature);

    assertThat(signed(sent)).isEqualTo(right);
    assertThat(oracle.validate(url, fields, signature)).isEqualTo(right);
  }

  @Property(tries = 200)
  void portShouldCountOrNotAsForTwilio(
      @ForAll("fields") Map<String, String> fields,
      @ForAll boolean tls,
      @ForAll boolean signedWithPort) {
    String host = (tls ? "https" : "http") + "://sms.example.com";
    String withPort = host + (tls ? ":443" : ":80") + "/sms/twilio/main?x=1";
    String without = host + "/sms/twilio/main?x=1";
    String signature = signature((signedWithPort ? withPort : without) + flat(fields));
    Sent sent =
        Webhooks.twilio("main", Webhooks.form(fields)).with("X-Twilio-Signature", signature);
    sent.url = signedWithPort ? without : withPort;

    assertThat(signed(sent)).isTrue();
    assertThat(oracle.validate(sent.url, fields, signature)).isTrue();
  }

  @Property(tries = 200)
  void jsonShouldBeJudgedAsTwilioDoes(@ForAll("text") String text, @ForAll boolean right)
      throws URISyntaxException {
    String body = "{\"Body\":\"" + text.replaceAll("[\"\\\\\\p{Cc}]", "") + "\"}";
    Sent sent = Webhooks.twilioJson(body);
    String got = right ? body : body + " ";
    sent.body = got.getBytes(StandardCharsets.UTF_8);

    assertThat(signed(sent)).isEqualTo(right);
    assertThat(oracle.validate(sent.url, got, sent.headers.get("X-Twilio-Signature")))
        .isEqualTo(right);
  }

  @Test
  void repeatedFieldsShouldCountAsInTwiliosOtherLibraries() {
    // Python: for each name in order, for each of sorted(set(values)): name + value
    Sent sent = Webhooks.twilio("main", "B=2&A=z&A=a&A=z&B=1");
    String signature = signature(sent.url + "AaAzB1B2");

    assertThat(signed(sent.with("X-Twilio-Signature", signature))).isTrue();
  }

  @Property(tries = 2000)
  void anyChangedByteShouldBeNoticed(
      @ForAll("fields") Map<String, String> fields,
      @ForAll int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    Sent sent = Webhooks.twilio("main", Webhooks.form(fields) + "&Body=x");
    byte[] body = sent.body;
    int where = Math.floorMod(at, body.length);
    String before = signedText(body);
    body[where] ^= (byte) change;

    // Twilio signs names and values without what stands between them: a+b is a%20b, a=b is a&b
    assertThat(signed(sent)).isEqualTo(signedText(body).equals(before));
  }

  @Property(tries = 100)
  void anyChangedCharacterOfTheUrlShouldBeNoticed(@ForAll int at) {
    Sent sent = Webhooks.twilio(Webhooks.twilioFields());
    int where = Math.floorMod(at, sent.url.length());
    sent.url = sent.url.substring(0, where) + "\u007f" + sent.url.substring(where + 1);

    assertThat(signed(sent)).isFalse();
  }

  @Test
  void bodyWithoutItsHashInTheUrlShouldNotBeSigned() {
    Sent sent = Webhooks.twilioJson("{}");
    sent.url = Webhooks.URL + "twilio/main";

    assertThat(signed(sent.with("X-Twilio-Signature", signature(sent.url)))).isFalse();
  }

  @Provide
  Arbitrary<Map<String, String>> fields() {
    Arbitrary<String> names =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
    return Arbitraries.maps(names, text()).ofMaxSize(20);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .withChars("aZ09 +&=%?/äß€я中\n\"")
        .withChars('\u0000', '\u00ff')
        .ofMaxLength(30)
        .map(text -> text + (text.length() % 3 == 0 ? "😀" : ""));
  }

  @Provide
  Arbitrary<String> urls() {
    Arbitrary<String> path =
        Arbitraries.strings().alpha().numeric().withChars("-._~").ofMaxLength(20);
    Arbitrary<String> query = Arbitraries.of("", "?a=b", "?a=%20%2F&b", "?x=1&y=%C3%A4");
    return Combinators.combine(Arbitraries.of("http", "https"), path, query)
        .as((scheme, rest, asked) -> scheme + "://sms.example.com/sms/" + rest + asked);
  }

  private boolean signed(Sent sent) {
    return twilio.signed(
        Webhooks.request(sent, sent.contentType.orElseThrow()), ACCOUNT, Webhooks.NOW);
  }

  private static String flat(Map<String, String> fields) {
    StringBuilder flat = new StringBuilder();
    new TreeMap<>(fields).forEach((name, value) -> flat.append(name).append(value));
    return flat.toString();
  }

  private static String signedText(byte[] body) {
    Map<String, Set<String>> fields = new TreeMap<>();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.computeIfAbsent(decoded(name), unseen -> new TreeSet<>()).add(decoded(value));
      }
    }
    StringBuilder signed = new StringBuilder();
    fields.forEach((name, values) -> values.forEach(value -> signed.append(name).append(value)));
    return signed.toString();
  }

  private static String decoded(String text) {
    var matcher = Pattern.compile("%([0-9A-Fa-f]{2})").matcher(text.replace('+', ' '));
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Webhooks.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
