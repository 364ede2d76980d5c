package io.tributary.loadtests.traffic;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Several servers that do the same: whoever loses one goes to the next. Safe for any thread. */
public final class Rotation implements Supplier<InetSocketAddress> {
  private final List<InetSocketAddress> servers;
  private final AtomicInteger next;

  /**
   * @param first index of the one to begin with, may be past the end
   */
  public Rotation(List<InetSocketAddress> servers, int first) {
    this.servers = List.copyOf(servers);
    this.next = new AtomicInteger(first);
  }

  @Override
  public InetSocketAddress get() {
    return servers.get(Math.floorMod(next.getAndIncrement(), servers.size()));
  }
}
