package io.tributary.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsObserver;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SMS's counters. A delivery is one message for one mailbox, and at rest
 *
 * <pre>tributary_sms_accepted = tributary_sms_stored + tributary_sms_duplicate
 *                        + tributary_sms_rejected + tributary_sms_in_flight</pre>
 */
public final class SmsMetrics implements SmsObserver {
  private final MeterRegistry registry;
  private final Counter accepted;
  private final Map<Settlement, Counter> settled = new EnumMap<>(Settlement.class);
  private final AtomicInteger inFlight = new AtomicInteger();

  public SmsMetrics(MeterRegistry registry) {
    this.registry = registry;
    accepted = counter("accepted", "Messages handed in to a mailbox");
    settled.put(Settlement.STORED, counter("stored", "Messages that are in a mailbox's log"));
    settled.put(
        Settlement.DUPLICATE, counter("duplicate", "Messages whose key was in the log already"));
    settled.put(
        Settlement.REJECTED,
        counter("rejected", "Messages not known to be stored, the provider retries"));
    Gauge.builder("tributary.sms.in.flight", inFlight, AtomicInteger::get)
        .description("Messages handed in and not settled")
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("tributary.sms." + name).description(description).register(registry);
  }

  @Override
  public void deliveryAccepted() {
    accepted.increment();
    inFlight.incrementAndGet();
  }

  @Override
  public void deliverySettled(Settlement settlement) {
    inFlight.decrementAndGet();
    Counter counter = settled.get(settlement);
    if (counter != null) {
      counter.increment();
    }
  }

  /** As many labels as there are accounts in the configuration. */
  @Override
  public void signatureFailed(SmsAccount account) {
    Counter.builder("tributary.sms.signature.failures")
        .description("Webhooks that were not signed as they should")
        .tag("account", account.name().toString())
        .tag("mode", account.mode().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  @Override
  public void answered(int status) {
    Counter.builder("tributary.sms.answers")
        .description("Webhooks by the status they were answered with")
        .tag("status", Integer.toString(status))
        .register(registry)
        .increment();
  }
}
