package io.tributary.server.json;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.server.http.ProblemJson.Problem;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is counted and logged of requests. Safe for any thread. */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private final MeterRegistry metrics;
  private final RandomGenerator random;

  RequestLog(MeterRegistry metrics, RandomGenerator random) {
    this.metrics = metrics;
    this.random = random;
  }

  /** Called once for each request; 0 if the caller went away. */
  void ended(Endpoint<?> endpoint, int status) {
    metrics
        .counter(
            "tributary.http.requests",
            "method",
            endpoint.method().name(),
            "path",
            endpoint.path(),
            "status",
            status == 0 ? "cancelled" : Integer.toString(status))
        .increment();
  }

  /** The problem with the trace by which the log tells more. */
  Problem failed(Endpoint<?> endpoint, Problem problem, Throwable failure) {
    String trace = HexFormat.of().toHexDigits(random.nextLong());
    String path = endpoint.path();
    if (problem.status() == 500) {
      LOG.error(
          "event=http.failed method={} path={} trace={}", endpoint.method(), path, trace, failure);
    } else {
      LOG.info(
          "event=http.refused method={} path={} status={} trace={}",
          endpoint.method(),
          path,
          problem.status(),
          trace);
    }
    return problem.withTrace(trace);
  }
}
