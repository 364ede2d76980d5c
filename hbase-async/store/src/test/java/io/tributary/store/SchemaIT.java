package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hbase.async.HBaseClient;
import org.hbase.async.RegionLocation;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded HBase made is the schema of this module's package description. */
@ExtendWith(SharedHBase.class)
class SchemaIT {

  private static final long ANSWER_SECONDS = 30;
  private static final long IN_THE_FUTURE_MILLIS = 60_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c1:log",
        "c1:owed",
        "c1:mailbox",
        "c1:index",
        "directory:accounts",
        "directory:addresses",
        "directory:tokens",
        "directory:requests"
      })
  void everyTableShouldTakeTheOneColumn(String table, HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.patient(hbase)) {
      Rows rows = fixture.store.rows(fixture.scheduler);
      RowKey row = new RowKey(table, Bytes.ofUtf8("schema"));
      Bytes value = Bytes.ofUtf8(table);

      assertThat(rows.putIfAbsent(row, value).blockingGet()).isTrue();
      assertThat(rows.putIfAbsent(row, value).blockingGet()).isFalse();
      assertThat(rows.get(row).blockingGet()).isEqualTo(value);
      assertThat(rows.compareAndSet(row, value, Bytes.ofUtf8("next")).blockingGet()).isTrue();
      assertThat(rows.compareAndSet(row, value, Bytes.ofUtf8("more")).blockingGet()).isFalse();

      rows.removeAt(row, System.currentTimeMillis() + IN_THE_FUTURE_MILLIS).blockingAwait();
      assertThat(rows.get(row).isEmpty().blockingGet()).isTrue(); // other tests list these tables
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1:log", "c1:owed"})
  void rowsShouldBeTakenTogether(String table, HBaseProcess hbase) {
    try (StoreFixture fixture = StoreFixture.patient(hbase)) {
      Rows rows = fixture.store.rows(fixture.scheduler);
      RowKey row = new RowKey(table, Bytes.ofUtf8("schema"));

      assertThat(rows.canPutAllIfAbsent(row).blockingGet()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "c1:log")
  void logShouldBeCutIntoFourRegionsBySlot(String table, HBaseProcess hbase) throws Exception {
    HBaseClient client = new HBaseClient(hbase.zookeeper(), HBaseProcess.ZNODE_PARENT);
    try {
      List<RegionLocation> regions =
          client.locateRegions(table).join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
      assertThat(regions)
          .extracting(region -> HexFormat.of().formatHex(region.startKey()))
          .contains("", "4000", "8000", "c000"); // another test splits them
    } finally {
      client.shutdown().join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    }
  }
}
