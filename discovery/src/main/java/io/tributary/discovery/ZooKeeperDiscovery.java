package io.tributary.discovery;

import io.reactivex.rxjava3.core.Single;
import org.apache.curator.framework.CuratorFramework;

/** Wires the ZooKeeper adapters together. */
final class ZooKeeperDiscovery {
  private ZooKeeperDiscovery() {}

  static Single<Discovery> start(
      CuratorFramework curator, DiscoverySettings settings, DiscoveryEnvironment environment) {
    return Single.error(new UnsupportedOperationException("not built yet"));
  }
}
