package org.hbase.async;

import com.stumbleupon.async.Deferred;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client's search for the meta region in ZooKeeper, which goes on as long as somebody waits for
 * it. Its fields are private in asynchbase; its version is fixed by the shaded jar.
 */
final class MetaLookup {

  private static final Field ZOOKEEPER = field(HBaseClient.ZKClient.class, "zk");
  private static final Field WAITERS = field(HBaseClient.ZKClient.class, "deferred_rootregion");
  private static final long LOOK_EVERY_NANOS = 50_000_000;
  private static final int LOOKS_MAX = 60;
  private static final int IDLE_LOOKS = 3;

  private final HBaseClient.ZKClient lookup;

  private MetaLookup(HBaseClient.ZKClient lookup) {
    this.lookup = lookup;
  }

  static MetaLookup of(HBaseClient client) {
    Object lookup = read(field(HBaseClient.class, "zkclient"), client);
    return new MetaLookup((HBaseClient.ZKClient) Objects.requireNonNull(lookup));
  }

  /**
   * Fails those who wait and closes the ZooKeeper session. A request that fails may look again, and
   * an answer that was under way may open another session, so this looks until it stays quiet.
   * Blocks.
   */
  void end(Exception reason) {
    int idle = 0;
    for (int look = 0; idle < IDLE_LOOKS && look < LOOKS_MAX; look++) {
      idle = isIdle() ? idle + 1 : 0;
      takeWaiters().forEach(waiter -> waiter.callback(reason));
      lookup.disconnectZK();
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private boolean isIdle() {
    synchronized (lookup) {
      return read(ZOOKEEPER, lookup) == null && read(WAITERS, lookup) == null;
    }
  }

  @SuppressWarnings("unchecked")
  private List<Deferred<Object>> takeWaiters() {
    synchronized (lookup) {
      Object waiters = read(WAITERS, lookup);
      write(WAITERS, lookup, null);
      return waiters == null ? List.of() : new ArrayList<>((List<Deferred<Object>>) waiters);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("asynchbase isn't the version this was written for", e);
    }
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("asynchbase isn't the version this was written for", e);
    }
  }

  private static void write(Field field, Object owner, @Nullable Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("asynchbase isn't the version this was written for", e);
    }
  }
}
