package io.tributary.discovery.zookeeper;

import io.tributary.discovery.zookeeper.Znodes.Watch;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who stands for election at Curator's latch; the lead is lost with the connection. */
final class CuratorCandidate implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(CuratorCandidate.class);

  private final LeaderLatch latch;

  CuratorCandidate(CuratorFramework curator, String path, String name, Consumer<Boolean> leads) {
    this.latch = new LeaderLatch(curator, path, name);
    latch.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            leads.accept(true);
          }

          @Override
          public void notLeader() {
            leads.accept(false);
          }
        });
  }

  @Override
  public void start() {
    try {
      latch.start();
    } catch (Exception alreadyStarted) {
      throw new IllegalStateException(alreadyStarted);
    }
  }

  @Override
  public void close() {
    try {
      latch.close();
    } catch (IOException | IllegalStateException notStarted) {
      LOG.debug("event=ring.leader.close", notStarted);
    }
  }
}
