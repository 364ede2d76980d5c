package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.FormBody.Field;
import io.tributary.codecs.sms.Signatures.Algorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Twilio's signature ("Validating Signatures from Twilio"): base64 of HMAC-SHA1 over the URL and
 * then, of a form, each field's name and value, sorted by name, equal values of a name once. Other
 * bodies are signed by their hash, which stands in the URL as {@code bodySHA256}.
 */
public final class TwilioSignature {
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/?#]*?)(:[0-9]{1,5})?([/?#].*)?");
  private static final Pattern BODY_HASH =
      Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(?:[&#]|$)");
  private static final Comparator<Bytes> BY_BYTES =
      (one, other) -> Arrays.compareUnsigned(one.unsafeArray(), other.unsafeArray());

  private TwilioSignature() {}

  /** What Twilio writes under a form that it sends to this URL. */
  public static String ofForm(String url, FormBody form, String secret) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(url.getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(sorted(form));
    return encoded(secret, signed.toByteArray());
  }

  /** What Twilio writes under any other body: the URL says what its hash is. */
  public static String ofUrl(String url, String secret) {
    return encoded(secret, url.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether this was written under the form; the URL's port counts or not, as for Twilio. */
  public static boolean signsForm(String signature, String url, FormBody form, String secret) {
    byte[] fields = sorted(form);
    return spellings(url).anyMatch(spelling -> matches(signature, spelling, fields, secret));
  }

  /** Whether this was written under a URL that names the body's hash. */
  public static boolean signsBody(String signature, String url, Bytes body, String secret) {
    return bodyHash(url)
            .filter(hash -> Signatures.same(hash, Signatures.sha256Hex(body)))
            .isPresent()
        && spellings(url).anyMatch(spelling -> matches(signature, spelling, new byte[0], secret));
  }

  private static Optional<String> bodyHash(String url) {
    Matcher matcher = BODY_HASH.matcher(url);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static boolean matches(String signature, String url, byte[] fields, String secret) {
    byte[] start = url.getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(start, start.length + fields.length);
    System.arraycopy(fields, 0, signed, start.length, fields.length);
    return Signatures.same(encoded(secret, signed), signature);
  }

  /** With and without the port: Twilio signs now one, now the other. */
  private static Stream<String> spellings(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Stream.of(url);
    }
    String start = matcher.group(1) + "://" + matcher.group(2);
    String rest = matcher.group(4) == null ? "" : matcher.group(4);
    String standardPort = matcher.group(1).equals("https") ? ":443" : ":80";
    return Stream.of(url, start + (matcher.group(3) == null ? standardPort : "") + rest);
  }

  private static byte[] sorted(FormBody form) {
    SortedMap<Bytes, SortedSet<Bytes>> fields = new TreeMap<>(BY_BYTES);
    for (Field field : form.fields()) {
      fields.computeIfAbsent(field.name(), unseen -> new TreeSet<>(BY_BYTES)).add(field.value());
    }
    ByteArrayOutputStream sorted = new ByteArrayOutputStream();
    fields.forEach((name, values) -> values.forEach(value -> write(sorted, name, value)));
    return sorted.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Bytes name, Bytes value) {
    out.writeBytes(name.unsafeArray());
    out.writeBytes(value.unsafeArray());
  }

  private static String encoded(String secret, byte[] signed) {
    return Base64.getEncoder().encodeToString(Signatures.sign(Algorithm.HMAC_SHA1, secret, signed));
  }
}
