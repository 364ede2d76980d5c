package io.tributary.server.cluster;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.config.ZooKeeperConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;

/**
 * The one connection to the cell's ZooKeeper, shared by discovery and Vert.x. A path behind the
 * hosts becomes Curator's namespace, which is made if it is not there.
 */
public final class ZooKeeperClient {
  private static final int CONNECT_MILLIS_MAX = 3_000;
  private static final int RETRY_MILLIS_FIRST = 100;
  private static final int RETRY_MILLIS_MAX = 1_000;
  private static final int RETRIES_MAX = 8;

  private final CuratorFramework curator;
  private final ConnectString connect;
  private final Cell cell;

  private ZooKeeperClient(CuratorFramework curator, ConnectString connect, Cell cell) {
    this.curator = curator;
    this.connect = connect;
    this.cell = cell;
  }

  /** A cell's name. */
  public record Cell(String name) {}

  /** Starts to connect, and goes on with that for as long as it is open. */
  public static ZooKeeperClient open(ZooKeeperConfig config, Cell cell) {
    ConnectString connect = ConnectString.parse(config.connect());
    CuratorFramework curator =
        CuratorFrameworkFactory.builder()
            .connectString(connect.hosts())
            .namespace(connect.path())
            .sessionTimeoutMs(config.sessionTimeoutMillis())
            .connectionTimeoutMs(CONNECT_MILLIS_MAX)
            .retryPolicy(
                new BoundedExponentialBackoffRetry(
                    RETRY_MILLIS_FIRST, RETRY_MILLIS_MAX, RETRIES_MAX))
            .build();
    curator.start();
    return new ZooKeeperClient(curator, connect, cell);
  }

  /** Hosts, and the path below which everything of ours stands; it may be empty. */
  record ConnectString(String hosts, String path) {
    static ConnectString parse(String written) {
      int slash = written.indexOf('/');
      return slash < 0
          ? new ConnectString(written, "")
          : new ConnectString(written.substring(0, slash), written.substring(slash + 1));
    }

    String below(String folder) {
      return path.isEmpty() ? folder : path + "/" + folder;
    }
  }

  public CuratorFramework curator() {
    return curator;
  }

  /** The same connection, with a folder of the cell as its root. */
  public CuratorFramework folder(String name) {
    return curator.usingNamespace(connect.below("tributary/cell/" + cell.name() + "/" + name));
  }

  public boolean connected() {
    return curator.getZookeeperClient().isConnected();
  }

  /**
   * Completes once it is connected.
   *
   * <p>Signals {@link java.util.concurrent.TimeoutException}.
   */
  public Completable awaitConnected(Duration patience, Scheduler scheduler) {
    return Completable.create(
            emitter -> {
              curator
                  .getConnectionStateListenable()
                  .addListener(
                      (client, state) -> {
                        if (state.isConnected()) {
                          emitter.onComplete();
                        }
                      });
              if (connected()) {
                emitter.onComplete();
              }
            })
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS, scheduler)
        .observeOn(scheduler);
  }

  /** Calls {@code again} each time the connection is back after it was lost. */
  void onReconnect(Runnable again) {
    curator
        .getConnectionStateListenable()
        .addListener(
            (client, state) -> {
              if (state == ConnectionState.RECONNECTED) {
                again.run();
              }
            });
  }

  /** Ends the session. Curator waits for its threads, so not on an event loop. */
  public Completable close() {
    return Completable.fromAction(curator::close).subscribeOn(Schedulers.io());
  }
}
