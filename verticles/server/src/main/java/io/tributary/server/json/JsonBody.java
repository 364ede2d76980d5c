package io.tributary.server.json;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.message.Bytes;
import io.tributary.server.api.Refusal;
import io.tributary.server.http.BodyReading;
import io.tributary.server.http.BodyReading.Ending;
import io.tributary.server.http.BodyRoom;
import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.server.json.HttpStatuses.Unacceptable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of one request, which must be JSON in UTF-8 (RFC 8259 section 8.1). Nothing of it is
 * taken before it is known who is calling; then it is read within a size, a time, and a room that
 * all requests share. Owned by the event loop of its connection.
 */
final class JsonBody {
  private static final Pattern JSON =
      Pattern.compile("application/json[ \\t]*(;[ \\t]*charset=\"?utf-8\"?[ \\t]*)?");

  private final ContextInternal context;
  private final HttpServerRequest request;
  private final Bounds bounds;
  private boolean asked;
  private boolean whole;
  private boolean over;
  private int held;

  /** How much one may be, and all of them together. */
  record Bounds(BodyReading.Limits limits, BodyRoom room) {}

  /** Its first bytes wait at the client, but for what fits into a socket. */
  JsonBody(ContextInternal context, HttpServerRequest request, Bounds bounds) {
    this.context = context;
    this.request = request;
    this.bounds = bounds;
    request.pause();
  }

  /** Its text. Signals {@link Unacceptable} or {@link Refusal}. To be subscribed to once. */
  Single<String> read() {
    return Single.defer(
        () -> {
          mustBeJson();
          return Single.create(this::readHere);
        });
  }

  private void mustBeJson() {
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    String encoding = Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
    if (!JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
      throw new Unacceptable(Problem.of(415, "Content-Type: application/json is needed, in UTF-8"));
    }
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new Unacceptable(Problem.of(415, "Content-Encoding: only uncompressed"));
    }
  }

  private void readHere(SingleEmitter<String> reader) {
    if (context.inThread()) {
      read(reader);
    } else {
      context.runOnContext(ignored -> read(reader));
    }
  }

  private void read(SingleEmitter<String> reader) {
    if (over) {
      return; // the caller went away, or the time is up
    }
    asked = true;
    BodyReading.begin(
        context.owner(), request, bounds.limits(), bounds.room(), ending -> ended(ending, reader));
  }

  private void ended(Ending ending, SingleEmitter<String> reader) {
    if (!(ending instanceof Ending.Whole all)) {
      reader.tryOnError(refusal(ending));
      return;
    }
    whole = true;
    held = all.body().length();
    if (over) {
      giveBack();
      return;
    }
    try {
      reader.onSuccess(text(all.body()));
    } catch (Unacceptable notUtf8) {
      reader.tryOnError(notUtf8);
    }
  }

  private RuntimeException refusal(Ending ending) {
    if (ending instanceof Ending.TooBig) {
      int max = bounds.limits().bytesMax();
      return new Unacceptable(Problem.of(413, "the body is too large: at most " + max + " bytes"));
    }
    return ending instanceof Ending.TooSlow
        ? new Unacceptable(Problem.of(408, "the body did not come in time"))
        : Refusal.retry("too many requests are being received, retry later");
  }

  private static String text(Bytes body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.unsafeArray()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Unacceptable(Problem.of(400, "body: not UTF-8"));
    }
  }

  /** Whether more of it may be to come. */
  boolean isUnread() {
    return !whole && (asked || mayBeThere());
  }

  private boolean mayBeThere() {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  /** It is needed no more. Harmless twice. */
  void close() {
    over = true;
    giveBack();
  }

  private void giveBack() {
    bounds.room().giveBack(held);
    held = 0;
  }
}
