package io.tributary.embedded;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;

/** HBase's configuration for one master and one region server on a local folder. */
final class Settings {

  private static final double GLOBAL_MEMSTORE_SHARE = 0.4;
  private static final String LOOPBACK = "127.0.0.1";

  private Settings() {}

  static Configuration of(Arguments arguments, DataFolder folder) {
    Configuration conf = HBaseConfiguration.create();
    storage(conf, folder);
    network(conf);
    zookeeper(conf, arguments);
    quickStart(conf);
    load(conf);
    return conf;
  }

  /**
   * A group commit isn't held back by HBase's global limit, so that the regions it goes to, each
   * filled to its own limit, must stay below it together.
   *
   * @param cells whose logs are here
   * @param heap of this process, in bytes
   * @throws StartupFailure if the heap is too small for this many cells
   */
  static void checkMemory(int cells, long heap) {
    long grouped = cells * Schema.GROUPED_BYTES_MAX;
    if (grouped >= heap * GLOBAL_MEMSTORE_SHARE) {
      throw new StartupFailure(
          "the heap of %d MiB is too small for the logs of %d cells: start with at least -Xmx%dm"
              .formatted(
                  heap >> 20, cells, (long) (grouped / GLOBAL_MEMSTORE_SHARE) / (1 << 20) + 1));
    }
  }

  private static void storage(Configuration conf, DataFolder folder) {
    conf.set("hbase.rootdir", folder.root().toUri().toString());
    conf.set("hbase.tmp.dir", folder.temporary().toString());
    conf.set("hadoop.tmp.dir", folder.temporary().toString());
    conf.setBoolean("hbase.unsafe.stream.capability.enforce", false);
    conf.set("hbase.wal.provider", "filesystem");
  }

  private static void network(Configuration conf) {
    for (String role : new String[] {"master", "regionserver"}) {
      conf.set("hbase." + role + ".ipc.address", LOOPBACK);
      conf.set("hbase." + role + ".hostname", LOOPBACK);
      conf.setInt("hbase." + role + ".port", 0);
      conf.setInt("hbase." + role + ".info.port", -1);
    }
  }

  /**
   * The session is long because nobody waits for its end: after a crash the next child removes what
   * this one left (see {@link ZnodeParent}), and a pause or a restart of ZooKeeper must not end it.
   */
  private static void zookeeper(Configuration conf, Arguments arguments) {
    conf.setBoolean("hbase.cluster.distributed", true);
    conf.set("hbase.zookeeper.quorum", arguments.zookeeper());
    conf.set("zookeeper.znode.parent", arguments.znode());
    conf.setInt("zookeeper.session.timeout", 30_000);
    conf.setInt("zookeeper.recovery.retry", 30);
    conf.setInt("zookeeper.recovery.retry.intervalmill", 200);
  }

  private static void quickStart(Configuration conf) {
    conf.setInt("hbase.regionserver.msginterval", 100);
    conf.setInt("hbase.master.wait.on.regionservers.mintostart", 1);
    conf.setInt("hbase.master.wait.on.regionservers.maxtostart", 1);
    conf.setInt("hbase.master.wait.on.regionservers.timeout", 300);
    conf.setInt("hbase.master.wait.on.regionservers.interval", 50);
    conf.setInt("hbase.server.thread.wakefrequency", 500);
  }

  private static void load(Configuration conf) {
    conf.setInt("hbase.regionserver.handler.count", 32);
    conf.setInt("hbase.ipc.server.max.callqueue.length", 4096);
    conf.setDouble("hfile.block.cache.size", 0.2);
    conf.setDouble("hbase.regionserver.global.memstore.size", GLOBAL_MEMSTORE_SHARE);
    conf.setLong("hbase.hregion.memstore.flush.size", Schema.LOG_FLUSH_BYTES);
    conf.setInt("hbase.hregion.memstore.block.multiplier", Schema.BLOCK_MULTIPLIER);
  }
}
