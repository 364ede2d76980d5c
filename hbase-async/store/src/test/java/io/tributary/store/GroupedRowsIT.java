package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each answer that a real HBase gives to rows that are offered together. */
@ExtendWith(SharedHBase.class)
class GroupedRowsIT {

  private static final String LOG = HBaseProcess.CELL + ":log";
  private static final String WITHOUT_COPROCESSOR = HBaseProcess.CELL + ":mailbox";

  private static final int REGION_SLOTS = 1 << 13;

  @Test
  void rowsShouldBeWrittenAllOrNone(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.patient(hbase)) {
      Rows rows = fixture.store.rows(fixture.scheduler);
      List<Row> three = rows(3, 0);

      assertThat(rows.putAllIfAbsent(LOG, three).blockingGet()).isEqualTo(GroupResult.WRITTEN);
      for (Row row : three) {
        assertThat(rows.get(key(row)).blockingGet()).isEqualTo(row.value());
      }
      List<Row> partly = new ArrayList<>(rows(2, 0));
      partly.add(new Row(three.get(1).key(), Bytes.ofUtf8("another")));
      assertThat(rows.putAllIfAbsent(LOG, partly).blockingGet()).isEqualTo(GroupResult.REFUSED);
      assertThat(rows.getEach(partly.stream().map(GroupedRowsIT::key).toList()).blockingGet())
          .containsExactly(Optional.empty(), Optional.empty(), Optional.of(three.get(1).value()));
    }
  }

  @Test
  void rowsOfTwoRegionsShouldBeScatteredAndNotWritten(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.patient(hbase)) {
      Rows rows = fixture.store.rows(fixture.scheduler);
      List<Row> apart = new ArrayList<>(rows(1, 0));
      apart.addAll(rows(1, 7));

      assertThat(rows.putAllIfAbsent(LOG, apart).blockingGet()).isEqualTo(GroupResult.SCATTERED);
      assertThat(rows.getEach(apart.stream().map(GroupedRowsIT::key).toList()).blockingGet())
          .containsOnly(Optional.empty());
      assertThat(rows.regionOf(key(apart.get(0)))).isPresent();
      assertThat(rows.regionOf(key(apart.get(0)))).isNotEqualTo(rows.regionOf(key(apart.get(1))));
    }
  }

  @Test
  void tableWithoutTheCoprocessorShouldSaySoAndTakeNothing(HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.patient(hbase)) {
      Rows rows = fixture.store.rows(fixture.scheduler);
      List<Row> two = rows(2, 0);
      RowKey there = new RowKey(WITHOUT_COPROCESSOR, two.get(0).key());

      assertThat(rows.canPutAllIfAbsent(key(two.get(0))).blockingGet()).isTrue();
      assertThat(rows.canPutAllIfAbsent(there).blockingGet()).isFalse();
      assertThat(rows.putAllIfAbsent(WITHOUT_COPROCESSOR, two).blockingGet())
          .isEqualTo(GroupResult.UNSUPPORTED);
      assertThat(rows.get(there).isEmpty().blockingGet()).isTrue();
      assertThat(rows.get(key(two.get(0))).isEmpty().blockingGet()).isTrue();
    }
  }

  /** Of logs drawn anew, all in one of the eight regions that the log ends with. */
  private static List<Row> rows(int count, int region) {
    return ThreadLocalRandom.current()
        .longs(1, Long.MAX_VALUE)
        .mapToObj(UserId::new)
        .filter(user -> user.slot().number() / REGION_SLOTS == region)
        .limit(count)
        .map(user -> new Row(RowKeys.log(new LogId(user, 1), 1), Bytes.ofUtf8("value " + user)))
        .toList();
  }

  private static RowKey key(Row row) {
    return new RowKey(LOG, row.key());
  }
}
