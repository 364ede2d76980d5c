package io.tributary.loadtests.bench;

import com.stumbleupon.async.Deferred;
import io.tributary.loadtests.api.UnusableTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.hbase.async.Config;
import org.hbase.async.HBaseClient;
import org.hbase.async.PutRequest;

/**
 * What one HBase gives at most, a call for each row: asynchbase's {@code atomicCreate}, and nothing
 * around it, on the very table that the cell's logs lie in.
 *
 * <p>Its rows stay: nothing is ever deleted from that table. They lie in logs of users that do not
 * exist, spread over all regions.
 */
final class AtomicCreateFloor implements AutoCloseable {
  private static final byte[] FAMILY = {'c'};
  private static final byte[] QUALIFIER = {'v'};
  private static final int KEY_BYTES = 2 + 8 + 4 + 8; // slot, user, generation, entry
  private static final long FIRST_ANSWER_MAX_MILLIS = 20_000;
  private static final long CLOSE_MAX_MILLIS = 10_000;

  private final HBaseClient client;
  private final byte[] table;
  private final byte[] value;
  private final SplittableRandom random = new SplittableRandom(System.nanoTime());

  private AtomicCreateFloor(HBaseClient client, LogTable log, int valueBytes) {
    this.client = client;
    this.table = log.name().getBytes(StandardCharsets.UTF_8);
    this.value = new byte[valueBytes];
    new SplittableRandom(1).nextBytes(value);
  }

  /**
   * Connects, and writes one row.
   *
   * @throws UnusableTargetException if that fails
   */
  static AtomicCreateFloor open(LogTable log, int valueBytes) {
    Config config = new Config();
    config.overrideConfig("hbase.zookeeper.quorum", log.zookeeper());
    config.overrideConfig("hbase.zookeeper.znode.parent", log.znode());
    AtomicCreateFloor floor = new AtomicCreateFloor(new HBaseClient(config), log, valueBytes);
    try {
      floor.create().join(FIRST_ANSWER_MAX_MILLIS);
      return floor;
    } catch (Exception unreachable) {
      throw new UnusableTargetException(
          "HBase takes no row into "
              + log.name()
              + " (ZooKeeper "
              + log.zookeeper()
              + ", znode "
              + log.znode()
              + "): "
              + unreachable.getClass().getSimpleName());
    }
  }

  List<Lane> lanes(int inFlight) {
    return Collections.nCopies(inFlight, this::call);
  }

  private void call(Consumer<Optional<String>> ended) {
    create()
        .addCallbacks(
            created -> {
              ended.accept(created ? Optional.empty() : Optional.of("atomicCreate found a row"));
              return created;
            },
            (Exception failure) -> {
              ended.accept(Optional.of("atomicCreate: " + failure));
              return failure;
            });
  }

  private Deferred<Boolean> create() {
    return client.atomicCreate(new PutRequest(table, key(), FAMILY, QUALIFIER, value));
  }

  private synchronized byte[] key() {
    long user = random.nextLong() & Long.MAX_VALUE;
    return ByteBuffer.allocate(KEY_BYTES)
        .putShort((short) random.nextInt())
        .putLong(user)
        .putInt(0)
        .putLong(1)
        .array();
  }

  @Override
  public void close() {
    try {
      client.shutdown().join(CLOSE_MAX_MILLIS);
    } catch (Exception slow) {
      // The process ends soon, and what was measured stands.
      System.err.println("bench: asynchbase does not end: " + slow.getMessage());
    }
  }
}
