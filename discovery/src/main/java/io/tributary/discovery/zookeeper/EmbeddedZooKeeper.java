package io.tributary.discovery.zookeeper;

import io.tributary.discovery.zookeeper.EmbeddedZooKeeperFolder.StartupFailure;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.jspecify.annotations.Nullable;

/**
 * One ZooKeeper server in this process, on the loopback interface. Short ticks, so that the death
 * of a node is noticed within seconds; long sessions are allowed too, since HBase asks for them.
 * Every transaction is synced before it is answered.
 */
final class EmbeddedZooKeeper {
  private static final int TICK_MILLIS = 500;
  private static final int SESSION_MILLIS_MIN = 1_000;
  private static final int SESSION_MILLIS_MAX = 180_000;
  private static final int CONNECTIONS_MAX = 4_096;
  private static final int BACKLOG = 128;
  private static final int SNAPSHOTS_KEPT = 3;
  private static final int PURGE_HOURS = 1;

  private final Server server = new Server();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final DatadirCleanupManager purge;

  private EmbeddedZooKeeper(File state) {
    this.purge = new DatadirCleanupManager(state, state, SNAPSHOTS_KEPT, PURGE_HOURS);
  }

  /**
   * Starts and waits until it serves.
   *
   * @param port 0 takes a free one
   * @throws StartupFailure in one line, with a way out
   */
  static EmbeddedZooKeeper start(File state, int port) {
    configureJvm();
    EmbeddedZooKeeper zookeeper = new EmbeddedZooKeeper(state);
    Thread thread = new Thread(() -> zookeeper.run(new Configuration(state, port)), "zookeeper");
    thread.setDaemon(true);
    thread.start();
    zookeeper.awaitStart(port);
    zookeeper.purge.start();
    return zookeeper;
  }

  /** ZooKeeper reads these from system properties only. */
  private static void configureJvm() {
    System.setProperty("zookeeper.admin.enableServer", "false");
    System.setProperty("zookeeper.4lw.commands.whitelist", "srvr");
    System.setProperty("zookeeper.preAllocSize", "4096"); // KiB; 64 MiB by default
    System.setProperty("zookeeper.snapCount", "50000");
  }

  private void run(Configuration configuration) {
    try {
      server.runFromConfig(configuration);
      ended.complete(null);
    } catch (IOException | AdminServerException | RuntimeException failure) {
      started.completeExceptionally(failure);
      ended.completeExceptionally(failure);
    }
  }

  private void awaitStart(int port) {
    try {
      CompletableFuture.anyOf(started, ended).get(60, TimeUnit.SECONDS);
      if (!started.isDone()) {
        throw new StartupFailure("zookeeper ended while it started; see the log");
      }
    } catch (ExecutionException failed) {
      throw failure(failed.getCause(), port);
    } catch (TimeoutException slow) {
      throw new StartupFailure("zookeeper did not start within 60 s; see the log");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("interrupted while zookeeper started");
    }
  }

  private static StartupFailure failure(@Nullable Throwable cause, int port) {
    if (cause instanceof BindException) {
      return new StartupFailure(
          "port 127.0.0.1:%d is taken: stop what listens there, or choose another with --port"
              .formatted(port));
    }
    String reason =
        cause instanceof IOException io ? EmbeddedZooKeeperFolder.reason(io) : "" + cause;
    return new StartupFailure(
        ("zookeeper can't use its state (%s): restore the data folder from a backup, or choose"
                + " another folder with --data")
            .formatted(reason));
  }

  /** {@code 127.0.0.1:port}. */
  String connect() {
    return "127.0.0.1:" + server.getClientPort();
  }

  /** Completes when the server has stopped, also by itself. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void stop() throws InterruptedException {
    purge.shutdown();
    server.close();
    try {
      ended.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException unclean) {
      // What was answered is synced; the process ends in any case.
    }
  }

  private final class Server extends ZooKeeperServerMain {
    @Override
    protected void serverStarted() {
      started.complete(null);
    }
  }

  /** ZooKeeper's own parser refuses port 0. */
  private static final class Configuration extends ServerConfig {
    Configuration(File state, int port) {
      this.clientPortAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      this.dataDir = state;
      this.dataLogDir = state;
      this.tickTime = TICK_MILLIS;
      this.minSessionTimeout = SESSION_MILLIS_MIN;
      this.maxSessionTimeout = SESSION_MILLIS_MAX;
      this.maxClientCnxns = CONNECTIONS_MAX;
      this.listenBacklog = BACKLOG;
    }
  }
}
