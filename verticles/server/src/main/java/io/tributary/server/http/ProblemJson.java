package io.tributary.server.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Refusals as {@code application/problem+json} (RFC 9457). */
public final class ProblemJson {
  private static final String TYPE = "application/problem+json";

  private ProblemJson() {}

  public static void send(HttpServerResponse response, Problem problem) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", problem.detail());
    response.setStatusCode(problem.status()).putHeader("Content-Type", TYPE).end(body.encode());
  }

  /**
   * What went wrong.
   *
   * @param detail the rule, and what would be accepted
   */
  public record Problem(int status, String title, String detail) {
    public static Problem notFound(String detail) {
      return new Problem(404, "Not Found", detail);
    }

    public static Problem methodNotAllowed(String detail) {
      return new Problem(405, "Method Not Allowed", detail);
    }
  }
}
