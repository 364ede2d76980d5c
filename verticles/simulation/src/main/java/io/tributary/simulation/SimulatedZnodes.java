package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.zookeeper.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * ZooKeeper as one life of a node sees it. What a connection carries keeps its order; it may stall,
 * and it may break, and each end hears of that in its own time. News come late at times, and so
 * does the word that the session is over.
 */
final class SimulatedZnodes implements Znodes {
  private final World world;
  private final Life life;
  private final int node;
  private final ZooKeeperLink link;
  private final List<Consumer<SessionState>> listeners = new ArrayList<>();
  private final List<SimulatedWatch> watches = new ArrayList<>();
  private final List<SimulatedCandidate> candidates = new ArrayList<>();

  SimulatedZnodes(World world, int node, Life life) {
    this.world = world;
    this.life = life;
    this.node = node;
    this.link = new ZooKeeperLink(world, node, life, this);
  }

  /** Once. */
  void connect() {
    link.connect();
  }

  World world() {
    return world;
  }

  Life life() {
    return life;
  }

  /** At the client: how it stands now. */
  void tell(SessionState state) {
    world.trace().note("node" + node + " zookeeper " + state);
    List.copyOf(listeners).forEach(listener -> listener.accept(state));
    if (state == SessionState.CONNECTED) {
      List.copyOf(watches).forEach(SimulatedWatch::look);
      candidates.forEach(SimulatedCandidate::standAnew);
    } else {
      candidates.forEach(SimulatedCandidate::lose);
    }
  }

  /** At the server: something has changed. */
  void changed(String path) {
    for (SimulatedWatch watch : List.copyOf(watches)) {
      if (watch.concerns(path)) {
        link.toClient(() -> soon(watch::look));
      }
    }
  }

  /** At the server: another may lead. */
  void electionChanged() {
    candidates.forEach(candidate -> link.toClient(candidate::look));
  }

  /** Now, or late. */
  private void soon(Runnable news) {
    if (world.weather().delaysNews()) {
      world.time().after(world.chance().between(0, 5 * VirtualTime.SECOND), () -> life.enter(news));
    } else {
      news.run();
    }
  }

  @Override
  public Single<Boolean> create(String path, Bytes data, Lasting lasting) {
    return call(
        "create " + path, session -> world.zookeeper().create(path, data, lasting, session));
  }

  @Override
  public Maybe<Znode> read(String path) {
    return call("read " + path, session -> world.zookeeper().read(path))
        .mapOptional(found -> found);
  }

  @Override
  public Single<List<Znode>> children(String path) {
    return call("list " + path, session -> world.zookeeper().children(path))
        .flatMapPublisher(Flowable::fromIterable)
        .concatMapMaybe(this::read)
        .toList();
  }

  @Override
  public Single<Boolean> replace(String path, Bytes data, int version) {
    return call(
        "write " + path + " " + version, session -> world.zookeeper().replace(path, data, version));
  }

  @Override
  public Completable delete(String path, int version) {
    return call("delete " + path, session -> world.zookeeper().delete(path, version))
        .ignoreElement();
  }

  /** Carried out if the session is alive when it arrives. */
  <T> Single<T> call(String what, Function<Long, T> operation) {
    return Single.<T>create(
            caller -> {
              world.boundaries().cross(life, what + ", not sent");
              if (!life.ended()) {
                link.call(what, operation, caller);
              }
            })
        .timeout(
            world.scale().sessionMicros() / VirtualTime.MILLISECOND, TimeUnit.MILLISECONDS, life)
        .onErrorResumeNext(
            cause -> Single.error(new ClusterUnavailableException("zookeeper: " + what, cause)));
  }

  @Override
  public long session() {
    if (link.session() == 0) {
      throw new ClusterUnavailableException(
          "zookeeper: no session", new IllegalStateException("not connected"));
    }
    return link.session();
  }

  @Override
  public Disposable onSession(Consumer<SessionState> told) {
    listeners.add(told);
    return Disposable.fromRunnable(() -> listeners.remove(told));
  }

  @Override
  public Watch watch(String path, Sight sight) {
    return started(SimulatedWatch.of(this, path, sight));
  }

  @Override
  public Watch watchChildren(String path, Runnable changed) {
    return started(SimulatedWatch.ofChildren(this, path, changed));
  }

  private Watch started(SimulatedWatch watch) {
    return new Watch() {
      @Override
      public void start() {
        watches.add(watch);
        watch.look();
      }

      @Override
      public void close() {
        watches.remove(watch);
      }
    };
  }

  @Override
  public Watch stand(String path, String name, Consumer<Boolean> leads) {
    SimulatedCandidate candidate = new SimulatedCandidate(this, leads);
    return new Watch() {
      @Override
      public void start() {
        candidates.add(candidate);
        candidate.standAnew();
      }

      @Override
      public void close() {
        candidates.remove(candidate);
        candidate.stepBack();
      }
    };
  }
}
