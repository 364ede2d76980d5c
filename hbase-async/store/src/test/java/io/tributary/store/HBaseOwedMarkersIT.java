package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.OwedMarkersContract;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class HBaseOwedMarkersIT implements OwedMarkersContract {

  private StoreFixture fixture;

  @BeforeAll
  void open(HBaseProcess hbase) {
    fixture = StoreFixture.patient(hbase);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void manyAtOnceShouldGoTogetherAndTheNewestStand() {
    List<LogId> logs =
        LongStream.rangeClosed(1, 200).mapToObj(user -> new LogId(new UserId(user), 1)).toList();
    testee().mark(logs.get(0), 1).blockingAwait(); // its region is known from now on
    Await.until(
        StoreFixture.PATIENCE,
        "markers that went together",
        () -> {
          Completable.merge(logs.stream().map(log -> testee().mark(log, 8)).toList())
              .blockingAwait();
          return together() > 0;
        });

    Completable.merge(
            logs.stream()
                .flatMap(log -> Stream.of(testee().clear(log, 7), testee().mark(log, 9)))
                .toList())
        .blockingAwait();
    assertThat(testee().list(Optional.empty(), 1_000).blockingGet())
        .containsAll(logs.stream().map(LogId::user).toList());
    Completable.merge(logs.stream().map(log -> testee().clear(log, 9)).toList()).blockingAwait();
    assertThat(testee().list(Optional.empty(), 1_000).blockingGet())
        .doesNotContainAnyElementsOf(logs.stream().map(LogId::user).toList());
  }

  private double together() {
    return fixture
        .meters
        .get("tributary.hbase.calls")
        .tags("op", "put_all_at", "outcome", "ok")
        .counter()
        .count();
  }

  @Override
  public OwedMarkers testee() {
    return fixture.owed();
  }
}
