package io.tributary.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts and times calls. Every label is there from the start, at zero. */
final class CallMeters {

  /** What is asked, as a label. */
  enum Operation {
    PUT_IF_ABSENT("put_if_absent"),
    PUT_ALL_IF_ABSENT("put_all_if_absent"),
    COMPARE_AND_SET("compare_and_set"),
    PUT_AT("put_at"),
    PUT_ALL_AT("put_all_at"),
    REMOVE_AT("remove_at"),
    GET("get"),
    GET_EACH("get_each"),
    SCAN("scan");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  /** How it ended, as a label. */
  enum Outcome {
    OK("ok"),
    NOT_APPLIED("not_applied"),
    UNKNOWN("unknown"),
    ERROR("error");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  /** The meters of one operation. */
  private record Meters(Timer latency, Map<Outcome, Counter> ended) {}

  /** A call under way. */
  record Started(CallMeters meters, Operation operation, Timer.Sample sample) {

    void end(Outcome outcome) {
      meters.end(this, outcome);
    }
  }

  private final MeterRegistry registry;
  private final Map<Operation, Meters> byOperation = new EnumMap<>(Operation.class);

  CallMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Operation operation : Operation.values()) {
      byOperation.put(operation, register(operation));
    }
  }

  Started start(Operation operation) {
    return new Started(this, operation, Timer.start(registry));
  }

  private void end(Started call, Outcome outcome) {
    Meters meters = Objects.requireNonNull(byOperation.get(call.operation()));
    Objects.requireNonNull(meters.ended().get(outcome)).increment();
    call.sample().stop(meters.latency());
  }

  private Meters register(Operation operation) {
    Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      ended.put(
          outcome,
          Counter.builder("tributary.hbase.calls")
              .description("calls to HBase that have ended")
              .tag("op", operation.label)
              .tag("outcome", outcome.label)
              .register(registry));
    }
    Timer latency =
        Timer.builder("tributary.hbase.call.latency")
            .description("from the call to its answer, failure or deadline")
            .tag("op", operation.label)
            .publishPercentileHistogram()
            .register(registry);
    return new Meters(latency, ended);
  }
}
