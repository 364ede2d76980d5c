package io.tributary.cli.sms;

import io.tributary.cli.data.Ready;
import io.tributary.cli.data.Trust;
import io.tributary.cli.shell.Failure;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.FormBody;
import io.tributary.codecs.sms.TwilioSignature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * A message as Twilio hands it over.
 *
 * @param id the provider's: the same again is a duplicate
 */
record Webhook(String id, Ends ends, String text) {
  /** Whom it is from and for, as people write it. */
  record Ends(String from, String to) {}

  /** What was answered, and why. */
  record Answer(int status, String detail) {}

  /** Signs it for the installation's account, and hands it to its HTTP face. */
  Answer send(Ready installation, Duration atMost) throws IOException {
    String account = installation.sms().account();
    String path = "/sms/twilio/" + account;
    String form = form(account);
    String signature =
        TwilioSignature.ofForm(
            installation.publicUrl() + path,
            FormBody.parse(Bytes.ofUtf8(form)),
            installation.sms().authToken());
    HttpURLConnection connection = connection(installation, path);
    connection.setRequestProperty("X-Twilio-Signature", signature);
    connection.setConnectTimeout((int) atMost.toMillis());
    connection.setReadTimeout((int) atMost.toMillis());
    connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
    try {
      return new Answer(connection.getResponseCode(), detail(connection));
    } finally {
      connection.disconnect();
    }
  }

  private static HttpURLConnection connection(Ready installation, String path) throws IOException {
    String face = installation.faces().http().reachable().toString();
    // behind a proxy the public URL is not the face's
    boolean secure = installation.publicUrl().equals("https://" + face);
    URI uri = URI.create((secure ? "https://" : "http://") + face + path);
    if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new Failure("sms send: " + uri + " is no web address");
    }
    if (connection instanceof HttpsURLConnection encrypted && installation.caFile().isPresent()) {
      Trust.inOnly(installation.caFile().get(), encrypted);
    }
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
    return connection;
  }

  private String form(String account) {
    return "AccountSid=%s&MessageSid=%s&From=%s&To=%s&Body=%s"
        .formatted(
            encoded(account), encoded(id), encoded(ends.from()), encoded(ends.to()), encoded(text));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String detail(HttpURLConnection connection) throws IOException {
    try (InputStream error = connection.getErrorStream()) {
      String text =
          error == null ? "" : new String(error.readNBytes(8_192), StandardCharsets.UTF_8);
      return Optional.of(text)
          .filter(body -> !body.isEmpty())
          .map(body -> new JsonObject(body).getString("detail", ""))
          .orElse("");
    } catch (DecodeException notOurs) {
      return "";
    }
  }
}
