package io.tributary.server.json;

import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.server.json.HttpStatuses.Unacceptable;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The body of a request, which must be JSON in UTF-8 (RFC 8259 section 8.1). */
final class JsonBody {
  private static final Pattern JSON =
      Pattern.compile("application/json[ \\t]*(;[ \\t]*charset=\"?utf-8\"?[ \\t]*)?");

  private JsonBody() {}

  /** Throws {@link Unacceptable} with 415 or 400. */
  static String of(RoutingContext call) {
    String type = Optional.ofNullable(call.request().getHeader("Content-Type")).orElse("");
    String encoding =
        Optional.ofNullable(call.request().getHeader("Content-Encoding")).orElse("identity");
    if (!JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
      throw new Unacceptable(Problem.of(415, "Content-Type: application/json is needed, in UTF-8"));
    }
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new Unacceptable(Problem.of(415, "Content-Encoding: only uncompressed"));
    }
    return text(call.body().buffer() == null ? new byte[0] : call.body().buffer().getBytes());
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Unacceptable(Problem.of(400, "body: not UTF-8"));
    }
  }
}
