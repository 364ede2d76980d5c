package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.storage.ActionLog;
import io.tributary.storage.ActionLogContract;
import io.tributary.storage.FrozenEntry;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract while others keep every region busy, so that appends go together, those too that
 * would be careful enough to go alone.
 */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class GroupedActionLogIT implements ActionLogContract {

  private static final int OTHERS = 24;
  private static final GroupLimits ONE_FLIGHT =
      new GroupLimits(
          1, GroupLimits.DEFAULT.batch(), GroupLimits.DEFAULT.queue(), GroupLimits.DEFAULT.pace());

  /** Takes no append for one that may meet somebody. */
  private static final class Careless extends LogHeads {

    @Override
    boolean continues(FrozenEntry entry) {
      return true;
    }
  }

  private StoreFixture fixture;
  private HBaseActionLog log;
  private List<Writer> others;
  private TestObserver<Void> running;

  @BeforeAll
  void open(HBaseProcess hbase) {
    fixture = StoreFixture.patient(hbase);
    log =
        new HBaseActionLog(
            fixture.store.rows(fixture.scheduler),
            HBaseProcess.CELL,
            fixture.store.committer(ONE_FLIGHT, new Careless()),
            fixture.scheduler,
            StoreFixture.PATIENCE);
    others = Stream.generate(() -> new Writer(log, fixture.scheduler)).limit(OTHERS).toList();
    running = Completable.merge(others.stream().map(Writer::run).toList()).test();
  }

  @AfterAll
  void close() {
    others.forEach(Writer::stop);
    running.awaitDone(StoreFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS).assertComplete();
    var appends = fixture.meters.get("tributary.hbase.group.appends").summary();
    fixture.close();
    assertThat(appends.mean()).isGreaterThan(2);
  }

  @Override
  public ActionLog testee() {
    return log;
  }
}
