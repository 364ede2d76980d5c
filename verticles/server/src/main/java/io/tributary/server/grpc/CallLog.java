package io.tributary.server.grpc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.server.grpc.GrpcStatuses.Verdict;
import io.vertx.grpc.common.GrpcStatus;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is counted and logged of calls. Safe for any thread. */
public final class CallLog {
  private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

  private final MeterRegistry metrics;
  private final RandomGenerator random;
  private final String name;
  private final AtomicInteger inFlight;
  private final Map<Ending, Counter> ended = new ConcurrentHashMap<>();

  /** For the API. */
  public CallLog(MeterRegistry metrics, RandomGenerator random) {
    this(metrics, random, "tributary.grpc");
  }

  /**
   * @param name what the meters' names begin with
   */
  public CallLog(MeterRegistry metrics, RandomGenerator random, String name) {
    this.metrics = metrics;
    this.random = random;
    this.name = name;
    this.inFlight = metrics.gauge(name + ".in.flight", new AtomicInteger());
  }

  void began() {
    inFlight.incrementAndGet();
  }

  /** Called once for each {@link #began}. */
  void ended(String method, GrpcStatus status) {
    inFlight.decrementAndGet();
    ended.computeIfAbsent(new Ending(method, status), this::counter).increment();
  }

  private record Ending(String method, GrpcStatus status) {}

  private Counter counter(Ending ending) {
    return metrics.counter(
        name + ".calls", "method", ending.method(), "status", ending.status().name());
  }

  /** Nobody was there any more to hear the answer. */
  void unheard(String method, RuntimeException failure) {
    LOG.debug("event=grpc.unheard method={}", method, failure);
  }

  /** Logs a failure; answers the trace id that also goes to the caller. */
  String failed(String method, Verdict verdict, Throwable failure) {
    String trace = HexFormat.of().toHexDigits(random.nextLong());
    if (verdict.expected()) {
      LOG.info("event=grpc.refused method={} status={} trace={}", method, verdict.status(), trace);
    } else {
      LOG.error("event=grpc.failed method={} trace={}", method, trace, failure);
    }
    return trace;
  }
}
