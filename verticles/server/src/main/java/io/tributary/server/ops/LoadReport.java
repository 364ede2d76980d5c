package io.tributary.server.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds how this node is doing, so that any node can tell operators. */
public final class LoadReport {
  private static final Logger LOG = LoggerFactory.getLogger(LoadReport.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final String REQUESTS = "tributary.mailbox.requests";
  private static final String LAG = "tributary.eventloop.lag";

  private final Discovery discovery;
  private final MeterRegistry meters;
  private double counted;

  private LoadReport(Discovery discovery, MeterRegistry meters) {
    this.discovery = discovery;
    this.meters = meters;
    this.counted = requests(meters).count();
  }

  /** To be incremented with each question that this node's mailboxes are asked. */
  public static Counter requests(MeterRegistry meters) {
    return Counter.builder(REQUESTS)
        .description("Questions that this node's mailboxes were asked")
        .register(meters);
  }

  /** Says it until disposed. */
  public static Disposable start(Discovery discovery, MeterRegistry meters, Scheduler scheduler) {
    LoadReport report = new LoadReport(discovery, meters);
    return Flowable.interval(PERIOD.toMillis(), TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .concatMapCompletable(tick -> report.say(), 1)
        .subscribe();
  }

  private Completable say() {
    double now = requests(meters).count();
    double perSecond = (now - counted) / PERIOD.toSeconds();
    counted = now;
    return Completable.defer(
            () ->
                discovery
                    .self()
                    .map(self -> discovery.publish(load(self, perSecond)))
                    .orElseGet(Completable::complete))
        .doOnError(away -> LOG.debug("event=load.not_said reason=\"{}\"", away.getMessage()))
        .onErrorComplete();
  }

  private NodeLoad load(NodeInfo self, double requestsPerSecond) {
    Runtime runtime = Runtime.getRuntime();
    double lagMillis =
        meters.find(LAG).timers().stream()
            .mapToDouble((Timer timer) -> timer.max(TimeUnit.MILLISECONDS))
            .max()
            .orElse(0);
    return new NodeLoad(
        self.incarnation(),
        requestsPerSecond,
        (int) Math.round(lagMillis),
        new NodeLoad.Heap(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()),
        version());
  }

  /** From the jar. */
  private static String version() {
    return Optional.ofNullable(LoadReport.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
