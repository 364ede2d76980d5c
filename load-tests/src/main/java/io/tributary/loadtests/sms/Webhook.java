package io.tributary.loadtests.sms;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HTTP request that brings one SMS: a form, and Twilio's signature over the URL as the world
 * knows it and the sorted parameters (HMAC-SHA1, Base64; Twilio, "Validating requests").
 *
 * @param path of the request
 * @param body the form, {@link #CONTENT_TYPE}
 * @param signature the value of the header {@link #SIGNATURE}
 */
public record Webhook(String path, String body, String signature) {
  public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";
  public static final String SIGNATURE = "X-Twilio-Signature";

  /** Signs a message for an account. */
  public static Webhook of(IncomingSms sms, URI publicUrl, String account, String authToken) {
    String path = "/sms/twilio/" + account;
    TreeMap<String, String> form = form(sms, account);
    return new Webhook(path, encoded(form), signature(publicUrl + path, form, authToken));
  }

  /** The whole HTTP/1.1 request, as it goes over the wire. */
  public byte[] request(String authority) {
    return ("POST " + path + " HTTP/1.1\r\nHost: " + authority)
        .concat("\r\nContent-Type: " + CONTENT_TYPE + "\r\nContent-Length: " + body.length())
        .concat("\r\n" + SIGNATURE + ": " + signature + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static TreeMap<String, String> form(IncomingSms sms, String account) {
    return new TreeMap<>(
        Map.of(
            "MessageSid", sid(sms.id()),
            "SmsSid", sid(sms.id()),
            "AccountSid", account,
            "From", sms.from(),
            "To", sms.to(),
            "Body", sms.text(),
            "NumMedia", "0",
            "NumSegments", "1",
            "ApiVersion", "2010-04-01"));
  }

  /** SM and 32 hexadecimal digits, the same for the same message. */
  private static String sid(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return "SM" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String signature(String url, TreeMap<String, String> form, String authToken) {
    StringBuilder signed = new StringBuilder(url);
    form.forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] code = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
