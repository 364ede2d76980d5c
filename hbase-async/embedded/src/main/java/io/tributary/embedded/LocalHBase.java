package io.tributary.embedded;

import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.LocalHBaseCluster;
import org.apache.hadoop.hbase.util.JVMClusterUtil.MasterThread;
import org.apache.hadoop.hbase.util.JVMClusterUtil.RegionServerThread;

/** One master and one region server in this process. */
final class LocalHBase {

  private final LocalHBaseCluster cluster;

  private LocalHBase(LocalHBaseCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts both at once; the cluster's own way waits for the master first. */
  static LocalHBase start(Configuration conf) throws IOException {
    LocalHBaseCluster cluster =
        new LocalHBaseCluster(conf, 1, 1, WatchedMaster.class, WatchedRegionServer.class);
    cluster.getMasters().forEach(MasterThread::start);
    cluster.getRegionServers().forEach(RegionServerThread::start);
    return new LocalHBase(cluster);
  }

  boolean isInitialised() {
    return cluster.getMaster(0).isInitialized();
  }

  /** Whether one of the servers ended, without having told why. */
  boolean isOver() {
    return cluster.getLiveMasters().isEmpty() || cluster.getLiveRegionServers().isEmpty();
  }

  /**
   * Stops in order, which writes memory to files and makes the next start quicker. Nothing is lost
   * if it takes too long: the caller halts the process.
   */
  void stop(Duration atMost) throws InterruptedException {
    Thread stopper = new Thread(cluster::shutdown, "stop");
    stopper.setDaemon(true);
    stopper.start();
    stopper.join(atMost.toMillis());
  }
}
