package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.StoredEntry;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.store.testing.ZooKeeperFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store while HBase and ZooKeeper are killed, paused and restarted. */
@ExtendWith(SharedHBase.class)
class HBaseFaultsIT {

  private static final Duration RETURN_MAX = Duration.ofSeconds(5);
  private static final Duration SETTLE_MAX = Duration.ofSeconds(30);

  /** asynchbase's sockets, its timers, its ZooKeeper sessions. */
  private static final Pattern CLIENT_THREAD =
      Pattern.compile("hbase-io|AsyncHBase|HBaseClient|-SendThread|-EventThread");

  /** A busy machine may be this late with an answer that was due. */
  private static final Duration SLACK = Duration.ofMillis(1_000);

  @Test
  void killedHBaseShouldLoseNothingAndServeWithinFiveSecondsOfItsReturn(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      List<Writer> writers = Stream.generate(() -> new Writer(fixture)).limit(8).toList();
      TestObserver<Void> running =
          Completable.merge(writers.stream().map(Writer::run).toList()).test();
      awaitEach(writers, 20, SETTLE_MAX, running);

      hbase.kill();
      hbase.start();
      awaitEach(writers, acknowledged(writers) + 1, RETURN_MAX, running);

      requireAllRead(fixture, writers, running);
    }
  }

  @Test
  void killUnderBatchedLoadShouldLoseNothing(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      List<Writer> writers = Stream.generate(() -> new Writer(fixture)).limit(96).toList();
      TestObserver<Void> running =
          Completable.merge(writers.stream().map(Writer::run).toList()).test();
      awaitEach(writers, 10, SETTLE_MAX, running);
      awaitBatches(fixture);

      hbase.kill();
      hbase.start();
      awaitEach(writers, acknowledged(writers) + 1, SETTLE_MAX, running);

      requireAllRead(fixture, writers, running);
    }
  }

  @Test
  void regionsThatCloseAndSplitUnderBatchedLoadShouldLoseNothing(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      List<Writer> writers = Stream.generate(() -> new Writer(fixture)).limit(48).toList();
      TestObserver<Void> running =
          Completable.merge(writers.stream().map(Writer::run).toList()).test();
      awaitEach(writers, 10, SETTLE_MAX, running);
      awaitBatches(fixture);

      hbase.changeRegions("reopen", "log");
      awaitEach(writers, acknowledged(writers) + 5, SETTLE_MAX, running);
      hbase.changeRegions("split", "log");
      awaitEach(writers, acknowledged(writers) + 5, SETTLE_MAX, running);

      requireAllRead(fixture, writers, running);
    }
  }

  @Test
  void silentHBaseShouldLeaveAnAppendInDoubtAtTheDeadlineAndTheEntryMayLandLater(
      HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      Writer writer = new Writer(fixture);
      writer.append(writer.next()).blockingAwait();
      FrozenEntry entry = writer.next();

      hbase.pause();
      long start = System.nanoTime();
      AppendResult answer = fixture.log().append(entry).blockingGet();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      hbase.resume();

      assertThat(answer).isInstanceOf(AppendResult.InDoubt.class);
      assertThat(took).isLessThan(StoreFixture.DEADLINE.plus(SLACK));
      Await.until(
          SETTLE_MAX,
          "the late entry",
          () ->
              fixture.log().read(writer.log, 2, 1).onErrorReturnItem(List.of()).blockingGet().size()
                  == 1);
      assertThat(fixture.log().append(entry).blockingGet())
          .isInstanceOf(AppendResult.Appended.class);
      assertThat(readAll(fixture, writer)).hasSize(2);
    }
  }

  @Test
  void callsBeyondTheBoundShouldBeRefusedAtOnce(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase, 4)) {
      List<Writer> writers = Stream.generate(() -> new Writer(fixture)).limit(10).toList();
      Writer before = new Writer(fixture);
      before.append(before.next()).blockingAwait();

      hbase.pause();
      List<TestObserver<AppendResult>> answers = new ArrayList<>();
      for (Writer writer : writers) {
        answers.add(fixture.log().append(writer.next()).test());
      }
      Await.until(SLACK, "six refusals", () -> refused(answers) == 6);
      answers.forEach(answer -> answer.awaitDone(SETTLE_MAX.toSeconds(), TimeUnit.SECONDS));
      hbase.resume();

      assertThat(refused(answers)).isEqualTo(6);
      assertThat(answers)
          .filteredOn(answer -> answer.values().get(0) instanceof AppendResult.InDoubt)
          .hasSize(4);
      awaitHealthy(fixture);
    }
  }

  @Test
  void restartedZooKeeperShouldDisturbNobody(HBaseProcess hbase, ZooKeeperFixture zookeeper) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      Writer writer = new Writer(fixture);
      TestObserver<Void> running = writer.run().test();
      awaitEach(List.of(writer), 10, SETTLE_MAX, running);

      zookeeper.close();
      awaitEach(List.of(writer), writer.acknowledged.size() + 50, SETTLE_MAX, running);
      zookeeper.start();
      awaitEach(List.of(writer), writer.acknowledged.size() + 50, RETURN_MAX, running);

      writer.stop();
      running.awaitDone(SETTLE_MAX.toSeconds(), TimeUnit.SECONDS).assertComplete();
      assertThat(readAll(fixture, writer)).isEqualTo(writer.acknowledged);
    }
  }

  @Test
  void replacedClientsShouldLeaveNothingBehind(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.open(hbase)) {
      awaitHealthy(fixture);
      Writer writer = new Writer(fixture);
      TestObserver<Void> running = writer.run().test();

      hbase.pause();
      Await.until(SETTLE_MAX, "two replacements", () -> replacements(fixture) >= 2);
      hbase.resume();

      awaitEach(List.of(writer), writer.acknowledged.size() + 1, RETURN_MAX, running);
      awaitHealthy(fixture);
      writer.stop();
      running.awaitDone(SETTLE_MAX.toSeconds(), TimeUnit.SECONDS).assertComplete();
    }
    Await.until(SETTLE_MAX, "no thread of a client", () -> clientThreads().isEmpty());
  }

  private static void awaitBatches(StoreFixture fixture) {
    Await.until(
        SETTLE_MAX,
        "batches",
        () -> fixture.meters.get("tributary.hbase.group.appends").summary().max() > 4);
  }

  private static void requireAllRead(
      StoreFixture fixture, List<Writer> writers, TestObserver<Void> running) {
    writers.forEach(Writer::stop);
    running.awaitDone(SETTLE_MAX.toSeconds(), TimeUnit.SECONDS).assertComplete();
    for (Writer writer : writers) {
      assertThat(readAll(fixture, writer)).isEqualTo(writer.acknowledged);
    }
  }

  private static double replacements(StoreFixture fixture) {
    return fixture.meters.counter("tributary.hbase.client.replacements").count();
  }

  private static List<String> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> CLIENT_THREAD.matcher(name).find())
        .toList();
  }

  private static void awaitEach(
      List<Writer> writers, int entries, Duration atMost, TestObserver<Void> running) {
    Await.until(
        atMost,
        "%d entries of each writer".formatted(entries),
        () -> {
          running.assertNoErrors();
          return writers.stream().allMatch(writer -> writer.acknowledged.size() >= entries);
        });
  }

  private static int acknowledged(List<Writer> writers) {
    return writers.stream().mapToInt(writer -> writer.acknowledged.size()).max().orElse(0);
  }

  private static void awaitHealthy(StoreFixture fixture) {
    Await.until(SETTLE_MAX, "healthy", () -> fixture.store.health().answering());
  }

  private static long refused(List<TestObserver<AppendResult>> answers) {
    return answers.stream()
        .flatMap(answer -> answer.values().stream())
        .filter(AppendResult.NotApplied.class::isInstance)
        .count();
  }

  private static List<StoredEntry> readAll(StoreFixture fixture, Writer writer) {
    List<StoredEntry> all = new ArrayList<>();
    List<StoredEntry> page;
    do {
      page = fixture.log().read(writer.log, all.size() + 1L, 1_000).blockingGet();
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }
}
