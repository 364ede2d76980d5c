package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.Signatures.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON Web Token signed with HMAC-SHA256 (RFC 7519, RFC 7515). No other algorithm is read: what
 * the token says of it can only make it invalid.
 */
public final class JwtHs256 {
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]{1,1024}\\.[A-Za-z0-9_-]{1,8192}\\.[A-Za-z0-9_-]{43}");

  private JwtHs256() {}

  /** The claims, if one who knows the secret signed them; when they hold is the caller's matter. */
  public static Optional<JsonBody> claims(String token, String secret) {
    if (!COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    int dot = token.lastIndexOf('.');
    String signed = token.substring(0, dot);
    if (!Signatures.same(signature(signed, secret), token.substring(dot + 1))) {
      return Optional.empty();
    }
    try {
      int middle = signed.indexOf('.');
      return isHs256(part(signed.substring(0, middle)))
          ? Optional.of(part(signed.substring(middle + 1)))
          : Optional.empty();
    } catch (BadPayloadException unreadable) {
      return Optional.empty();
    }
  }

  /** A critical extension is one that nobody here understands (RFC 7515 section 4.1.11). */
  private static boolean isHs256(JsonBody header) {
    return header.text("alg").filter("HS256"::equals).isPresent() && !header.has("crit");
  }

  private static String signature(String signed, String secret) {
    byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Signatures.sign(Algorithm.HMAC_SHA256, secret, bytes));
  }

  private static JsonBody part(String encoded) {
    try {
      return JsonBody.parse(Bytes.ofOwned(Base64.getUrlDecoder().decode(encoded)));
    } catch (BadPayloadException unreadable) {
      throw unreadable;
    } catch (IllegalArgumentException notBase64) {
      throw new BadPayloadException("token", "base64url");
    }
  }
}
