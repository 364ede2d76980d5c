package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.Signatures.Algorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signature that says when it was made, written {@code t=1700000000,v1=<64 hexadecimal digits>}:
 * HMAC-SHA256 over {@code t.url.body}, in lower case. A sender that changes its secret may write
 * several {@code v1}.
 *
 * @param seconds Unix time
 * @param v1 1 to 5 of them
 */
public record TimedSignature(long seconds, List<String> v1) {
  public static final String HEADER = "X-Tributary-Signature";

  private static final Pattern WRITTEN =
      Pattern.compile("t=([0-9]{1,12})((?:,v1=[0-9a-f]{64}){1,5})");

  public TimedSignature {
    v1 = List.copyOf(v1);
  }

  /** Reads the written form; empty if it is anything else. */
  public static Optional<TimedSignature> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> signatures =
        Arrays.stream(matcher.group(2).substring(1).split(","))
            .map(part -> part.substring("v1=".length()))
            .toList();
    return Optional.of(new TimedSignature(Long.parseLong(matcher.group(1)), signatures));
  }

  /** What one who knows the secret writes. */
  public static TimedSignature of(long seconds, String url, Bytes body, String secret) {
    return new TimedSignature(seconds, List.of(signature(seconds, url, body, secret)));
  }

  /**
   * Whether one of them is of one who knows the secret; when it was made is the caller's matter.
   */
  public boolean signs(String url, Bytes body, String secret) {
    String expected = signature(seconds, url, body, secret);
    return v1.stream().anyMatch(signature -> Signatures.same(expected, signature));
  }

  private static String signature(long seconds, String url, Bytes body, String secret) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((seconds + "." + url + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body.unsafeArray());
    return HexFormat.of()
        .formatHex(Signatures.sign(Algorithm.HMAC_SHA256, secret, signed.toByteArray()));
  }

  @Override
  public String toString() {
    return "t=" + seconds + ",v1=" + String.join(",v1=", v1);
  }
}
