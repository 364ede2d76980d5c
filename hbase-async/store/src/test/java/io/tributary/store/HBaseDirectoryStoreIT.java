package io.tributary.store;

import io.tributary.storage.DirectoryStore;
import io.tributary.storage.DirectoryStoreContract;
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
class HBaseDirectoryStoreIT implements DirectoryStoreContract {

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
  public DirectoryStore testee() {
    return fixture.directory();
  }
}
