package io.tributary.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.concurrent.TimeUnit;
import org.hbase.async.FailfastClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client in use, and its replacement. Safe for any thread. */
final class HBaseClients {

  private static final Logger LOG = LoggerFactory.getLogger(HBaseClients.class);

  private final HBaseSettings settings;
  private final Scheduler background;
  private final Counter replacements;
  private volatile ClientGeneration current;

  /**
   * @param background where clients are thrown away, which blocks for a moment
   */
  HBaseClients(HBaseSettings settings, Scheduler background, MeterRegistry meters) {
    this.settings = settings;
    this.background = background;
    this.current = open();
    this.replacements =
        Counter.builder("tributary.hbase.client.replacements")
            .description("clients that stopped answering and were replaced")
            .register(meters);
    Gauge.builder("tributary.hbase.outstanding", this, HBaseClients::outstanding)
        .description("calls that HBase has not answered")
        .register(meters);
  }

  ClientGeneration current() {
    return current;
  }

  /**
   * Puts a fresh client in place of this one, which is thrown away once its calls have met their
   * deadline. Does nothing if it isn't in use any more.
   */
  void replace(ClientGeneration broken) {
    synchronized (this) {
      if (broken != current) {
        return;
      }
      current = open();
    }
    replacements.increment();
    background.scheduleDirect(
        () -> throwAway(broken), settings.callDeadline().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the client in use. */
  Completable close() {
    return Completable.fromAction(() -> current().client().dispose()).subscribeOn(background);
  }

  private ClientGeneration open() {
    FailfastClient client = FailfastClient.open(settings.zookeeper(), settings.znodeParent());
    return new ClientGeneration(client, settings.outstandingMax());
  }

  private static void throwAway(ClientGeneration generation) {
    try {
      generation.client().dispose();
    } catch (RuntimeException e) {
      LOG.warn("event=hbase.client_leaked reason={}", e.toString());
    }
  }

  private double outstanding() {
    return current().outstanding();
  }
}
