package io.tributary.server.json;

import io.tributary.server.api.Refusal;
import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.storage.StorageUnavailableException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** From what became of a request to its HTTP status (RFC 9110 section 15). */
final class HttpStatuses {
  private static final Pattern FIELD = Pattern.compile("[a-z]+(_[a-z]+)+");
  private static final Pattern HUMP = Pattern.compile("_([a-z])");

  private HttpStatuses() {}

  static Problem of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return Problem.of(of(refusal.kind()), inJson(String.valueOf(refusal.getMessage())));
    }
    if (failure instanceof Unacceptable unacceptable) {
      return unacceptable.problem();
    }
    if (failure instanceof StorageUnavailableException) {
      return Problem.of(503, "storage does not answer, retry later");
    }
    if (failure instanceof TimeoutException) {
      return Problem.of(503, "not done in time; repeat it, with the same requestId if it has one");
    }
    return Problem.of(500, "internal error");
  }

  /** The field's name, with which the message begins, as JSON has it. */
  private static String inJson(String message) {
    int colon = message.indexOf(':');
    String field = colon < 0 ? "" : message.substring(0, colon);
    return FIELD.matcher(field).matches() ? camel(field) + message.substring(colon) : message;
  }

  private static String camel(String field) {
    return HUMP.matcher(field).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private static int of(Refusal.Kind kind) {
    return switch (kind) {
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case INVALID -> 400;
      case TOO_LARGE -> 413;
      case NOT_FOUND, UNFIT -> 404;
      case TAKEN, ID_REUSED -> 409;
      case NOT_THERE_YET -> 501;
      case RETRY -> 503;
    };
  }

  /** A refusal that only HTTP knows. */
  static final class Unacceptable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Unacceptable(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
