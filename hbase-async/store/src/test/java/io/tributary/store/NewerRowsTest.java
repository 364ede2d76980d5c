package io.tributary.store;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.records.v1.AccountRow;
import io.tributary.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows of the directory that a newer version has written can't be had now, and that is all. */
class NewerRowsTest {
  private static final UserId USER = new UserId(5);

  private final ScriptedRows rows = new ScriptedRows();
  private final HBaseDirectoryStore store =
      new HBaseDirectoryStore(rows, "directory", new TestScheduler(), Duration.ofSeconds(1));

  @Test
  void anAccountOfANewerVersionShouldBeUnavailable() {
    byte[] row = AccountRow.newBuilder().setState(9).setName("bob").build().toByteArray();
    rows.stored.put(new RowKey("directory:accounts", RowKeys.account(USER)), Bytes.ofOwned(row));

    store.accounts().get(USER).test().assertError(StorageUnavailableException.class);
    store.listAccounts(Optional.empty(), 10).test().assertError(StorageUnavailableException.class);
  }
}
