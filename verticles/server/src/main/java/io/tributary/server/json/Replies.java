package io.tributary.server.json;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tributary.server.api.Refusal;
import io.tributary.server.http.ByteRange;
import io.tributary.server.http.ByteRange.Asked;
import io.tributary.server.http.ByteStream;
import io.tributary.server.http.EntityTag;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Sends what an endpoint answers with. */
final class Replies {
  private static final Pattern TYPE =
      Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,60}/[a-zA-Z0-9!#$&^_.+-]{1,60}");

  /** Headers of an answer that would be wrong beside another one. */
  private static final List<String> DESCRIBING =
      List.of(
          "Accept-Ranges",
          "Content-Disposition",
          "Content-Length",
          "Content-Range",
          "Content-Security-Policy",
          "ETag");

  private final Exchange exchange;
  private final Outgoing outgoing;
  private final HttpServerResponse response;

  Replies(Exchange exchange, Outgoing outgoing) {
    this.exchange = exchange;
    this.outgoing = outgoing;
    this.response = exchange.response();
  }

  /** The status it was sent with. Throws {@link Refusal} if it can't be sent now. */
  int send(Reply reply) {
    try {
      return reply instanceof Reply.File file ? file(file) : json(((Reply.Json) reply).message());
    } catch (Refusal full) {
      DESCRIBING.forEach(response.headers()::remove);
      throw full;
    }
  }

  static String write(Message message) {
    try {
      return JsonFormat.printer()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace()
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("no message of the contract holds an Any", e);
    }
  }

  private int json(Message message) {
    String body = write(message);
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("X-Content-Type-Options", "nosniff");
    if (!isRead()) {
      response.putHeader("Cache-Control", "no-store");
      send(Buffer.buffer(body));
      return 200;
    }
    EntityTag tag = EntityTag.of(body);
    if (isKnown(tag)) {
      return 304;
    }
    Buffer bytes = Buffer.buffer(body);
    if (isHead()) {
      response.putHeader("Content-Length", Integer.toString(bytes.length())).end();
    } else {
      send(bytes);
    }
    return 200;
  }

  private void send(Buffer body) {
    outgoing.send(exchange.call().request(), body.length(), () -> response.end(body));
  }

  private boolean isHead() {
    return exchange.call().request().method().equals(HttpMethod.HEAD);
  }

  private boolean isRead() {
    return isHead() || exchange.call().request().method().equals(HttpMethod.GET);
  }

  /** Private, and to be asked for again each time: who may see it can change. */
  private boolean isKnown(EntityTag tag) {
    response
        .putHeader("ETag", tag.toString())
        .putHeader("Cache-Control", "private, no-cache")
        .putHeader("Vary", "Authorization");
    boolean known = tag.isNamedBy(exchange.header("If-None-Match"));
    if (known) {
      response.headers().remove("Content-Type");
      response.setStatusCode(304).end();
    }
    return known;
  }

  /**
   * Strangers wrote it: it is a file to be saved, of the type it says and no other, and if a
   * browser shows it all the same it may not run, load or reach anything.
   */
  private int file(Reply.File file) {
    response
        .putHeader("Content-Type", safeType(file.contentType()))
        .putHeader("Content-Disposition", disposition(file.name()))
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "sandbox; default-src 'none'")
        .putHeader("Accept-Ranges", "bytes");
    if (isKnown(file.tag())) {
      return 304;
    }
    int length = file.bytes().length();
    Asked asked = asked(file, length);
    if (asked instanceof Asked.Piece piece) {
      return piece(file, piece.range());
    }
    return asked instanceof Asked.Everything ? whole(file, length) : unsatisfiable(length);
  }

  /** Only GET has ranges (RFC 9110 section 14.2). */
  private Asked asked(Reply.File file, int length) {
    return isHead() || !file.tag().allowsRange(exchange.header("If-Range"))
        ? new Asked.Everything()
        : ByteRange.read(exchange.header("Range"), length);
  }

  private int whole(Reply.File file, int length) {
    response.putHeader("Content-Length", Integer.toString(length));
    if (isHead() || length == 0) {
      response.end();
    } else {
      pump(file, new ByteRange(0, length - 1));
    }
    return 200;
  }

  private int piece(Reply.File file, ByteRange range) {
    response
        .setStatusCode(206)
        .putHeader("Content-Range", range.contentRange(file.bytes().length()))
        .putHeader("Content-Length", Integer.toString(range.length()));
    pump(file, range);
    return 206;
  }

  private void pump(Reply.File file, ByteRange range) {
    ByteStream<Buffer> stream = new ByteStream<>(response, file.bytes(), Buffer::buffer).of(range);
    outgoing.send(exchange.call().request(), file.bytes().length(), stream::send);
  }

  private int unsatisfiable(int length) {
    response.headers().remove("Content-Disposition");
    response.putHeader("Content-Range", "bytes */" + length);
    ProblemJson.send(response, Problem.of(416, "Range: there are " + length + " bytes"));
    return 416;
  }

  static String safeType(String declared) {
    return TYPE.matcher(declared).matches() ? declared : "application/octet-stream";
  }

  /** RFC 6266, with the name in the form of RFC 8187 only: it is UTF-8 for everyone. */
  static String disposition(String name) {
    return name.isEmpty()
        ? "attachment"
        : "attachment; filename*=UTF-8''"
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
  }
}
