package io.tributary.server.testing;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.FormBody;
import io.tributary.codecs.sms.TwilioSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends webhooks as Twilio does, for the account ACdemo. */
public final class SmsSender {
  public static final String SECRET = "0123456789abcdef0123456789abcdef";
  public static final String FORM = "application/x-www-form-urlencoded";

  private static final AtomicInteger IDS = new AtomicInteger();

  private final String publicUrl;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param publicUrl where the face is
   */
  public SmsSender(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** A new message, signed. */
  public HttpResponse<String> message(String from, String to, String text)
      throws IOException, InterruptedException {
    return send("/sms/twilio/ACdemo", form("SM" + IDS.incrementAndGet(), from, to, text));
  }

  /** The same for lambdas. */
  public HttpResponse<String> sendSafely(String path, String form) {
    try {
      return send(path, form);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** A form, signed. */
  public HttpResponse<String> send(String path, String form)
      throws IOException, InterruptedException {
    return send(path, form, signature(publicUrl + path, form));
  }

  public HttpResponse<String> send(String path, String form, String signature)
      throws IOException, InterruptedException {
    return post(path, signature, BodyPublishers.ofString(form));
  }

  public HttpResponse<String> post(String path, String signature, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(publicUrl + path))
            .header("Content-Type", FORM)
            .header("X-Twilio-Signature", signature)
            .POST(body)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The body of a message. */
  public String form(String id, String from, String to, String text) {
    return "AccountSid=ACdemo&MessageSid=%s&From=%s&To=%s&Body=%s"
        .formatted(id, encoded(from), encoded(to), encoded(text));
  }

  /** The body of a report. */
  public String report(String id, String from, String status) {
    return "AccountSid=ACdemo&MessageSid=%s&From=%s&To=%s&MessageStatus=%s"
        .formatted(id, encoded(from), encoded("+12025550177"), status);
  }

  public static String signature(String url, String form) {
    return TwilioSignature.ofForm(url, FormBody.parse(Bytes.ofUtf8(form)), SECRET);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
