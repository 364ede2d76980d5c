package io.tributary.store;

import io.tributary.storage.OwedMarkers;
import io.tributary.storage.OwedMarkersContract;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  @Override
  public OwedMarkers testee() {
    return fixture.owed();
  }
}
