package io.tributary.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxObserver;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A shard's meters. All shards share the counters; the gauges carry the shard's number. */
public final class MailboxMetrics implements MailboxObserver {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Timer appendLatency;
  private final Timer loadLatency;
  private final Counter appendedActions;
  private final Counter outrun;
  private final Counter snapshotBytes;
  private final Counter snapshotsFailed;
  private final Counter snapshotsTooLarge;
  private final Map<Class<?>, Counter> outcomes = new ConcurrentHashMap<>();
  private final AtomicInteger queueDepth = new AtomicInteger();
  private final AtomicInteger inDoubt = new AtomicInteger();

  public MailboxMetrics(MeterRegistry registry, int shard) {
    this.registry = registry;
    appendLatency =
        Timer.builder("tributary.append.latency")
            .description("From an entry's first sending until it is known to be in the log")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    loadLatency =
        Timer.builder("tributary.mailbox.load.latency")
            .description("Reading a mailbox forward from its log")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    appendedActions = registry.counter("tributary.append.actions");
    outrun = registry.counter("tributary.append.outrun");
    snapshotBytes =
        Counter.builder("tributary.mailbox.snapshot").baseUnit("bytes").register(registry);
    snapshotsFailed = registry.counter("tributary.mailbox.snapshot.failures");
    snapshotsTooLarge = registry.counter("tributary.mailbox.snapshot.too.large");
    gauge(
        "tributary.mailbox.queue.depth",
        "Deliveries that wait or are being stored",
        shard,
        queueDepth);
    gauge(
        "tributary.mailbox.in.doubt", "Mailboxes with an entry of unknown outcome", shard, inDoubt);
  }

  private void gauge(String name, String description, int shard, AtomicInteger value) {
    Gauge.builder(name, value, AtomicInteger::get)
        .description(description)
        .tag("shard", Integer.toString(shard))
        .register(registry);
  }

  @Override
  public void delivered(DeliverOutcome outcome) {
    outcomes.computeIfAbsent(outcome.getClass(), this::counterOf).increment();
  }

  private Counter counterOf(Class<?> outcome) {
    return registry.counter(
        "tributary.mailbox.deliveries",
        "outcome",
        outcome.getSimpleName().toLowerCase(Locale.ROOT));
  }

  @Override
  public void appended(Duration latency, int actions) {
    appendLatency.record(latency);
    appendedActions.increment(actions);
  }

  @Override
  public void outrun() {
    outrun.increment();
  }

  @Override
  public void loaded(Duration latency, long entries, boolean complete) {
    loadLatency.record(latency);
  }

  @Override
  public void snapshot(int bytes, boolean written) {
    (written ? snapshotBytes : snapshotsFailed).increment(written ? bytes : 1);
  }

  @Override
  public void snapshotTooLarge() {
    snapshotsTooLarge.increment();
  }

  @Override
  public void queueDepth(int deliveries) {
    queueDepth.set(deliveries);
  }

  @Override
  public void inDoubt(int mailboxes) {
    inDoubt.set(mailboxes);
  }
}
