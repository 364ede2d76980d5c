package org.hbase.async;

import com.stumbleupon.async.Deferred;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's search for the meta region in ZooKeeper, which goes on as long as somebody waits for
 * it. Both fields are private in asynchbase; its version is fixed by the shaded jar.
 */
final class MetaLookup {

  private final HBaseClient.ZKClient lookup;

  private MetaLookup(HBaseClient.ZKClient lookup) {
    this.lookup = lookup;
  }

  static MetaLookup of(HBaseClient client) {
    try {
      Field field = HBaseClient.class.getDeclaredField("zkclient");
      field.setAccessible(true);
      return new MetaLookup((HBaseClient.ZKClient) field.get(client));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("asynchbase isn't the version this was written for", e);
    }
  }

  /** Fails those who wait and closes the ZooKeeper session. Blocks. */
  void end(Exception reason) {
    takeWaiters().forEach(waiter -> waiter.callback(reason));
    lookup.disconnectZK();
  }

  @SuppressWarnings("unchecked")
  private List<Deferred<Object>> takeWaiters() {
    try {
      Field field = HBaseClient.ZKClient.class.getDeclaredField("deferred_rootregion");
      field.setAccessible(true);
      synchronized (lookup) {
        Object waiters = field.get(lookup);
        field.set(lookup, null);
        return waiters == null ? List.of() : new ArrayList<>((List<Deferred<Object>>) waiters);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("asynchbase isn't the version this was written for", e);
    }
  }
}
