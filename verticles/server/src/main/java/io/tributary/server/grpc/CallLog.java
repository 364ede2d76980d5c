package io.tributary.server.grpc;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.server.grpc.GrpcStatuses.Verdict;
import io.vertx.grpc.common.GrpcStatus;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is counted and logged of calls. Safe for any thread. */
public final class CallLog {
  private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

  private final MeterRegistry metrics;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final AtomicInteger inFlight;

  public CallLog(MeterRegistry metrics, RandomGenerator random, InstantSource clock) {
    this.metrics = metrics;
    this.random = random;
    this.clock = clock;
    this.inFlight = metrics.gauge("tributary.grpc.in.flight", new AtomicInteger());
  }

  InstantSource clock() {
    return clock;
  }

  void began() {
    inFlight.incrementAndGet();
  }

  /** Called once for each {@link #began}. */
  void ended(String method, GrpcStatus status) {
    inFlight.decrementAndGet();
    metrics.counter("tributary.grpc.calls", "method", method, "status", status.name()).increment();
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
