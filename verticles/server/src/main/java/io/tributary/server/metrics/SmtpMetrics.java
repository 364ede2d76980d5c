package io.tributary.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.channels.smtp.SmtpObserver;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SMTP's counters. A delivery is one message for one mailbox, and at rest
 *
 * <pre>tributary_smtp_accepted = tributary_smtp_stored + tributary_smtp_duplicate
 *                         + tributary_smtp_rejected + tributary_smtp_in_flight</pre>
 */
public final class SmtpMetrics implements SmtpObserver {
  private static final int REPLY_CLASSES = 6;

  private final Counter accepted;
  private final Map<Settlement, Counter> settled = new EnumMap<>(Settlement.class);
  private final Counter[] replies = new Counter[REPLY_CLASSES];
  private final Counter connectionsRefused;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  public SmtpMetrics(MeterRegistry registry) {
    accepted = counter(registry, "accepted", "Deliveries handed in after DATA");
    settled.put(
        Settlement.STORED, counter(registry, "stored", "Deliveries that are in a mailbox's log"));
    settled.put(
        Settlement.DUPLICATE,
        counter(registry, "duplicate", "Deliveries whose key was in the log already"));
    settled.put(
        Settlement.REJECTED,
        counter(registry, "rejected", "Deliveries not known to be stored, the sender retries"));
    connectionsRefused =
        counter(registry, "connections.refused", "Connections turned away at the greeting");
    for (int code = 0; code < REPLY_CLASSES; code++) {
      replies[code] =
          Counter.builder("tributary.smtp.replies")
              .description("Replies by the first digit of their code")
              .tag("code", code + "xx")
              .register(registry);
    }
    gauge(registry, "in.flight", "Deliveries handed in and not settled", inFlight);
    gauge(registry, "connections", "Open connections", connections);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("tributary.smtp." + name).description(description).register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, AtomicInteger value) {
    Gauge.builder("tributary.smtp." + name, value, AtomicInteger::get)
        .description(description)
        .register(registry);
  }

  @Override
  public void connectionOpened() {
    connections.incrementAndGet();
  }

  @Override
  public void connectionClosed() {
    connections.decrementAndGet();
  }

  @Override
  public void connectionRefused() {
    connectionsRefused.increment();
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

  @Override
  public void replied(int code) {
    replies[Math.floorMod(code / 100, REPLY_CLASSES)].increment();
  }
}
