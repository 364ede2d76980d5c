package io.tributary.server.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Refusals as {@code application/problem+json} (RFC 9457). */
public final class ProblemJson {
  private static final String TYPE = "application/problem+json";

  private ProblemJson() {}

  public static void send(HttpServerResponse response, Problem problem) {
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", TYPE)
        .putHeader("Cache-Control", "no-store")
        .end(body(problem).encode());
  }

  /** The problem as an object. */
  public static JsonObject body(Problem problem) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", problem.detail());
    problem.trace().ifPresent(trace -> body.put("trace", trace));
    return body;
  }

  /**
   * What went wrong.
   *
   * @param detail the rule, and what would be accepted
   * @param trace by which our log tells more
   */
  public record Problem(int status, String title, String detail, Optional<String> trace) {
    public Problem(int status, String title, String detail) {
      this(status, title, detail, Optional.empty());
    }

    /** With the status's own title. */
    public static Problem of(int status, String detail) {
      return new Problem(status, titleOf(status), detail);
    }

    public static Problem notFound(String detail) {
      return of(404, detail);
    }

    public static Problem methodNotAllowed(String detail) {
      return of(405, detail);
    }

    public Problem withTrace(String id) {
      return new Problem(status, title, detail, Optional.of(id));
    }

    /** RFC 9110 section 15. */
    private static String titleOf(int status) {
      return switch (status) {
        case 400 -> "Bad Request";
        case 401 -> "Unauthorized";
        case 403 -> "Forbidden";
        case 404 -> "Not Found";
        case 405 -> "Method Not Allowed";
        case 408 -> "Request Timeout";
        case 409 -> "Conflict";
        case 412 -> "Precondition Failed";
        case 413 -> "Content Too Large";
        case 415 -> "Unsupported Media Type";
        case 416 -> "Range Not Satisfiable";
        case 501 -> "Not Implemented";
        case 503 -> "Service Unavailable";
        default -> status < 500 ? "Refused" : "Internal Server Error";
      };
    }
  }
}
