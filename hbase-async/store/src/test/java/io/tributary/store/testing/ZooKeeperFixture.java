package io.tributary.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.jspecify.annotations.Nullable;

/** A ZooKeeper server in this JVM, on a free port that it keeps over a restart. */
public final class ZooKeeperFixture implements AutoCloseable {

  private static final int TICK_MILLIS = 500;
  private static final int CONNECTIONS_MAX = 200;

  /** As the embedded one: else twenty ticks, and a pause of HBase would end its session. */
  private static final int SESSION_MILLIS_MAX = 180_000;

  private final Path folder;
  private int port;
  private @Nullable NIOServerCnxnFactory connections;

  private ZooKeeperFixture(Path folder) {
    this.folder = folder;
  }

  /** Starts on a free port. */
  public static ZooKeeperFixture start(Path folder) {
    ZooKeeperFixture fixture = new ZooKeeperFixture(folder);
    fixture.start();
    return fixture;
  }

  /** {@code host:port}. */
  public String connectString() {
    return "127.0.0.1:" + port;
  }

  /** Starts again, on the same port and data, after {@link #close}. */
  public void start() {
    try {
      ZooKeeperServer server = new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS);
      server.setMaxSessionTimeout(SESSION_MILLIS_MAX);
      NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
      factory.configure(new InetSocketAddress("127.0.0.1", port), CONNECTIONS_MAX);
      factory.startup(server);
      port = factory.getLocalPort();
      connections = factory;
    } catch (IOException e) {
      throw new UncheckedIOException("ZooKeeper did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends at once: clients see their connections closed. */
  @Override
  public void close() {
    NIOServerCnxnFactory running = connections;
    connections = null;
    if (running != null) {
      running.shutdown();
    }
  }
}
