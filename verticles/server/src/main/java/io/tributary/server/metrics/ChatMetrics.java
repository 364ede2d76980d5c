package io.tributary.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.channels.chat.ChatObserver;
import io.tributary.channels.chat.Farewell;
import io.tributary.codecs.chat.ErrorCode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chat's counters. A send is one well-formed {@code send} frame, and at rest
 *
 * <pre>tributary_chat_sends_accepted = sum of tributary_chat_sends_settled
 *                              + tributary_chat_sends_in_flight</pre>
 */
public final class ChatMetrics implements ChatObserver {
  private final Counter accepted;
  private final Counter gaps;
  private final Map<Settlement, Counter> settled;
  private final Map<ErrorCode, Counter> errors;
  private final Map<Farewell, Counter> farewells;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();

  public ChatMetrics(MeterRegistry registry) {
    accepted =
        Counter.builder("tributary.chat.sends.accepted")
            .description("Well-formed send frames")
            .register(registry);
    gaps =
        Counter.builder("tributary.chat.gaps")
            .description("Slow clients told what they missed")
            .register(registry);
    settled = counters(registry, Settlement.class, "sends.settled", "Sends by how they ended");
    errors = counters(registry, ErrorCode.class, "errors", "Frames that were not obeyed");
    farewells = counters(registry, Farewell.class, "farewells", "Sessions ended by the server");
    gauge(registry, "sends.in.flight", "Sends not settled", inFlight);
    gauge(registry, "sessions", "Open sessions", sessions);
  }

  private static <E extends Enum<E>> Map<E, Counter> counters(
      MeterRegistry registry, Class<E> kinds, String name, String description) {
    Map<E, Counter> counters = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      counters.put(
          kind,
          Counter.builder("tributary.chat." + name)
              .description(description)
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return counters;
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, AtomicInteger value) {
    Gauge.builder("tributary.chat." + name, value, AtomicInteger::get)
        .description(description)
        .register(registry);
  }

  private static <E> void count(Map<E, Counter> counters, E kind) {
    Counter counter = counters.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void sessionOpened() {
    sessions.incrementAndGet();
  }

  @Override
  public void sessionClosed() {
    sessions.decrementAndGet();
  }

  @Override
  public void sendAccepted() {
    accepted.increment();
    inFlight.incrementAndGet();
  }

  @Override
  public void sendSettled(Settlement settlement) {
    inFlight.decrementAndGet();
    count(settled, settlement);
  }

  @Override
  public void errorTold(ErrorCode code) {
    count(errors, code);
  }

  @Override
  public void gapTold() {
    gaps.increment();
  }

  @Override
  public void ended(Farewell why) {
    count(farewells, why);
  }
}
