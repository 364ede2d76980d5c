package io.tributary.discovery.zookeeper;

import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.zookeeper.Znodes.Sight;
import io.tributary.discovery.zookeeper.Znodes.Watch;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCache.Options;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/** Curator's cache as a watch: it sets its watches again, and reads again, by itself. */
final class CuratorWatch implements Watch {
  private final CuratorCache cache;

  private CuratorWatch(CuratorCache cache, CuratorCacheListener listener) {
    this.cache = cache;
    cache.listenable().addListener(listener);
  }

  static CuratorWatch of(CuratorFramework curator, String path, Sight sight) {
    return new CuratorWatch(
        CuratorCache.build(curator, path, Options.SINGLE_NODE_CACHE),
        CuratorCacheListener.builder()
            .forCreatesAndChanges((before, now) -> sight.is(znode(now)))
            .forDeletes(before -> sight.gone())
            .build());
  }

  static CuratorWatch ofChildren(CuratorFramework curator, String path, Runnable changed) {
    return new CuratorWatch(
        CuratorCache.build(curator, path),
        CuratorCacheListener.builder()
            .forAll((type, before, now) -> changed.run())
            .forInitialized(changed)
            .afterInitialized()
            .build());
  }

  private static Znode znode(ChildData child) {
    return new Znode(
        Bytes.copyOf(child.getData()),
        child.getStat().getMzxid(),
        child.getStat().getVersion(),
        child.getStat().getEphemeralOwner());
  }

  @Override
  public void start() {
    cache.start();
  }

  @Override
  public void close() {
    cache.close();
  }
}
