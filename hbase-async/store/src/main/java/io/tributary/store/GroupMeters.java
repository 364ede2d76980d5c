package io.tributary.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what goes together. Every label is there from the start, at zero. */
final class GroupMeters {

  /** Why appends that went or would have gone together did not, as a label. */
  enum Trouble {
    /** One of the batch's rows was there. */
    REFUSED("refused"),
    /** They don't share a region any more. */
    SCATTERED("scattered"),
    /** Too busy or away: nothing was written. */
    NOT_APPLIED("not_applied"),
    /** No answer, or none that says what became of it. */
    UNKNOWN("unknown"),
    /** No room in the queue. */
    FULL("full");

    private final String label;

    Trouble(String label) {
      this.label = label;
    }
  }

  private final DistributionSummary appends;
  private final Counter alone;
  private final Map<Trouble, Counter> troubles = new EnumMap<>(Trouble.class);

  GroupMeters(MeterRegistry registry) {
    appends =
        DistributionSummary.builder("tributary.hbase.group.appends")
            .description("appends that went in one request")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
            .register(registry);
    alone =
        Counter.builder("tributary.hbase.group.alone")
            .description("appends that did not wait for others")
            .register(registry);
    for (Trouble trouble : Trouble.values()) {
      troubles.put(
          trouble,
          Counter.builder("tributary.hbase.group.troubles")
              .description("requests of several appends that were not written, or found no room")
              .tag("reason", trouble.label)
              .register(registry));
    }
  }

  void together(int count) {
    appends.record(count);
  }

  void alone() {
    alone.increment();
  }

  void trouble(Trouble trouble) {
    Objects.requireNonNull(troubles.get(trouble)).increment();
  }
}
