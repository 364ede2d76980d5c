package io.tributary.store;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.store.CallMeters.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hbase.async.GetRequest;
import org.hbase.async.KeyValue;
import org.hbase.async.PutRequest;

/**
 * The clock of the server that holds a row of the mailbox table, which is nobody's: it is written
 * without a timestamp, and read for the one that it got. Its key is shorter than any other's, so no
 * scan of a mailbox passes over it.
 */
final class HBaseClock {
  private static final byte[] KEY = "clock".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FAMILY = {'c'};
  private static final byte[] QUALIFIER = {'v'};
  private static final byte[] SOMETHING = {1};

  private final HBaseCalls calls;
  private final byte[] table;

  HBaseClock(HBaseCalls calls, String namespace) {
    this.calls = calls;
    this.table = (namespace + ":mailbox").getBytes(StandardCharsets.UTF_8);
  }

  /** What it showed at some time during the call; another process may have written in between. */
  Single<Long> millis(Scheduler scheduler) {
    return calls
        .run(
            Operation.PUT_AT,
            scheduler,
            client -> client.put(new PutRequest(table, KEY, FAMILY, QUALIFIER, SOMETHING)))
        .flatMap(written -> calls.run(Operation.GET, scheduler, client -> client.get(request())))
        .map(HBaseClock::timestamp);
  }

  private GetRequest request() {
    return new GetRequest(table, KEY, FAMILY, QUALIFIER);
  }

  private static long timestamp(List<KeyValue> columns) {
    return columns.get(0).timestamp();
  }
}
