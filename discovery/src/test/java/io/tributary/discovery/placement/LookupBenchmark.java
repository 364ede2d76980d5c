package io.tributary.discovery.placement;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** User to node, from memory; each time another of 65,536 users, so that no branch is guessed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {
  private static final int USERS = 1 << 16;

  private final MemoryLocator locator = new LookupWorld().locator();
  private final UserId[] users = LookupWorld.users(USERS);
  private int next;

  private UserId another(int below) {
    next = next + 1 < below ? next + 1 : 0;
    return users[next];
  }

  /** Almost all of them by the slot table. */
  @Benchmark
  public Optional<NodeInfo> node() {
    return locator.nodeOf(another(USERS));
  }

  /** Whom operators have placed. */
  @Benchmark
  public Optional<NodeInfo> nodeOfPinned() {
    return locator.nodeOf(another(LookupWorld.PINS));
  }

  /** With versions and the reason: the answer itself is an object. */
  @Benchmark
  public Location location() {
    return locator.locate(another(USERS));
  }
}
