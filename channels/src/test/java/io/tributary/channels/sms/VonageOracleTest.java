package io.tributary.channels.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.vonage.jwt.Jwt;
import io.tributary.channels.sms.SmsAccount.Mode;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.JwtHs256;
import io.tributary.codecs.sms.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Our check against Vonage's own library for tokens, and one more. */
class VonageOracleTest {
  static final String BODY = "{\"channel\":\"sms\"}";
  private static final SmsAccount ACCOUNT =
      Webhooks.account("vonage", "main", "key1", Mode.ENFORCE, "old", Webhooks.SECRET);

  private final SmsProvider vonage = new Vonage();

  static JWTCreator.Builder claims(String body) {
    return JWT.create()
        .withIssuer("Vonage")
        .withJWTId("1")
        .withIssuedAt(Webhooks.NOW)
        .withClaim("api_key", "key1")
        .withClaim("payload_hash", Signatures.sha256Hex(Bytes.ofUtf8(body)));
  }

  static String token(String body) {
    return claims(body).sign(Algorithm.HMAC256(Webhooks.SECRET));
  }

  @Test
  void tokenOfVonageShouldBeTaken() {
    String token = token(BODY);

    assertThat(Jwt.verifySignature(token, Webhooks.SECRET)).isTrue();
    assertThat(signed(token)).isTrue();
  }

  @Property(tries = 300)
  void anyChangedCharacterShouldBeNoticed(@ForAll int at, @ForAll @IntRange(max = 63) int to) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String token = token(BODY);
    int where = Math.floorMod(at, token.length());
    String changed = token.substring(0, where) + alphabet.charAt(to) + token.substring(where + 1);

    assertThat(signed(changed)).isEqualTo(changed.equals(token));
  }

  @Property(tries = 200)
  void anyChangedByteOfTheBodyShouldBeNoticed(
      @ForAll int at, @ForAll @IntRange(min = 1, max = 255) int change) {
    Webhooks.Sent sent = Webhooks.vonage(BODY, token(BODY));
    sent.body[Math.floorMod(at, sent.body.length)] ^= (byte) change;

    assertThat(vonage.signed(Webhooks.request(sent, Webhooks.JSON), ACCOUNT, Webhooks.NOW))
        .isFalse();
  }

  @Property(tries = 200)
  void secretsShouldBeJudgedAsVonageDoes(@ForAll String secret) {
    String key =
        secret.isEmpty()
            ? "x"
            : new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String token = claims(BODY).sign(Algorithm.HMAC256(key));

    assertThat(JwtHs256.claims(token, key)).isPresent();
    assertThat(Jwt.verifySignature(token, key)).isTrue();
    assertThat(JwtHs256.claims(token, key + "x")).isEmpty();
    assertThat(Jwt.verifySignature(token, key + "x")).isFalse();
  }

  @Test
  void otherAlgorithmsShouldBeRefused() {
    assertThat(signed(claims(BODY).sign(Algorithm.none()))).isFalse();
    assertThat(signed(claims(BODY).sign(Algorithm.HMAC384(Webhooks.SECRET)))).isFalse();
    assertThat(signed(claims(BODY).sign(Algorithm.HMAC512(Webhooks.SECRET)))).isFalse();
    assertThat(signed(forged("{\"alg\":\"none\"}"))).isFalse();
    assertThat(signed(forged("{\"alg\":\"HS512\"}"))).isFalse();
    assertThat(signed(forged("{\"alg\":\"hs256\"}"))).isFalse();
    assertThat(signed(forged("{}"))).isFalse();
    assertThat(signed(forged("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}"))).isFalse();
    assertThat(signed(forged("{\"alg\":\"HS256\"}"))).isTrue();
  }

  @Test
  void claimsShouldBeOfThisAccountAndBody() {
    assertThat(signed(claims(BODY).withClaim("api_key", "key2"))).isFalse();
    assertThat(signed(claims(BODY).withClaim("api_key", (String) null))).isFalse();
    assertThat(signed(claims(BODY).withClaim("api_key", "x").withClaim("application_id", "key1")))
        .isTrue();
    assertThat(signed(claims(BODY + " "))).isFalse();
    assertThat(signed(claims(BODY).withClaim("payload_hash", (String) null))).isFalse();
  }

  @Test
  void claimsShouldBeFresh() {
    long tolerance = Vonage.TOLERANCE.toSeconds();
    assertThat(signed(issued(-tolerance))).isTrue();
    assertThat(signed(issued(-tolerance - 1))).isFalse();
    assertThat(signed(issued(tolerance))).isTrue();
    assertThat(signed(issued(tolerance + 1))).isFalse();
    assertThat(signed(claims(BODY).withExpiresAt(at(-tolerance)))).isTrue();
    assertThat(signed(claims(BODY).withExpiresAt(at(-tolerance - 1)))).isFalse();
    assertThat(signed(claims(BODY).withClaim("exp", "tomorrow"))).isFalse();
    assertThat(signed(claims(BODY).withClaim("iat", "now"))).isFalse();
    assertThat(signed(claims(BODY).withPayload(Map.of("iat", Long.MAX_VALUE)))).isFalse();
  }

  @Test
  void authorizationShouldBeABearersToken() {
    assertThat(signed(sent -> sent.replace("Bearer ", "bearer "))).isTrue();
    assertThat(signed(sent -> sent.replace("Bearer ", "Basic "))).isFalse();
    assertThat(signed(sent -> sent.replace("Bearer ", ""))).isFalse();
    assertThat(signed(sent -> sent + "=")).isFalse();
    assertThat(signed(sent -> "")).isFalse();
  }

  @Property
  void anyTokenShouldBeJudged(@ForAll String token) {
    assertThat(signed(token)).isFalse();
  }

  private static JWTCreator.Builder issued(long secondsFromNow) {
    return claims(BODY).withIssuedAt(at(secondsFromNow));
  }

  private static Instant at(long secondsFromNow) {
    return Webhooks.NOW.plusSeconds(secondsFromNow);
  }

  /** The right claims and the right key under another header. */
  private static String forged(String header) {
    String claims = token(BODY).split("\\.")[1];
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed = encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "." + claims;
    byte[] signature =
        Signatures.sign(
            Signatures.Algorithm.HMAC_SHA256,
            Webhooks.SECRET,
            signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + encoder.encodeToString(signature);
  }

  private boolean signed(JWTCreator.Builder claims) {
    return signed(claims.sign(Algorithm.HMAC256(Webhooks.SECRET)));
  }

  private boolean signed(String token) {
    return signed(header -> "Bearer " + token);
  }

  private boolean signed(UnaryOperator<String> header) {
    Webhooks.Sent sent = Webhooks.vonage(BODY, token(BODY));
    sent.with("Authorization", header.apply(sent.headers.get("Authorization")));
    return vonage.signed(Webhooks.request(sent, Webhooks.JSON), ACCOUNT, Webhooks.NOW);
  }
}
