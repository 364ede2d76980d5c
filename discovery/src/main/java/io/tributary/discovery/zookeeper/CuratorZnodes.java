package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.SessionState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;

/** ZooKeeper by Curator's background calls and recipes. The client is the caller's. */
class CuratorZnodes implements Znodes {
  private static final int READS_AT_ONCE = 16;

  private final CuratorFramework curator;
  private final Scheduler scheduler;
  private final long timeoutMillis;

  /**
   * @param scheduler where everything is answered
   * @param timeoutMillis of each call
   */
  CuratorZnodes(CuratorFramework curator, Scheduler scheduler, long timeoutMillis) {
    this.curator = curator;
    this.scheduler = scheduler;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public Single<Boolean> create(String path, Bytes data, Lasting lasting) {
    CreateMode mode = lasting == Lasting.EPHEMERAL ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT;
    return call(
            "create " + path,
            callback ->
                curator
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(mode)
                    .inBackground(callback)
                    .forPath(path, data.toArray()))
        .map(event -> is(event, Code.OK) || refuse(event, Code.NODEEXISTS));
  }

  @Override
  public Maybe<Znode> read(String path) {
    return call("read " + path, callback -> curator.getData().inBackground(callback).forPath(path))
        .filter(event -> is(event, Code.OK) || refuse(event, Code.NONODE))
        .map(CuratorZnodes::znode);
  }

  private static Znode znode(CuratorEvent event) {
    return new Znode(
        Bytes.copyOf(event.getData()),
        event.getStat().getMzxid(),
        event.getStat().getVersion(),
        event.getStat().getEphemeralOwner());
  }

  @Override
  public Single<List<Znode>> children(String path) {
    return call(
            "list " + path, callback -> curator.getChildren().inBackground(callback).forPath(path))
        .filter(event -> is(event, Code.OK) || refuse(event, Code.NONODE))
        .flattenStreamAsFlowable(event -> event.getChildren().stream())
        .flatMapMaybe(child -> read(path + "/" + child), false, READS_AT_ONCE)
        .toList();
  }

  @Override
  public Single<Boolean> replace(String path, Bytes data, int version) {
    return call(
            "write " + path,
            callback ->
                curator
                    .setData()
                    .withVersion(version)
                    .inBackground(callback)
                    .forPath(path, data.toArray()))
        .map(event -> is(event, Code.OK) || refuse(event, Code.BADVERSION, Code.NONODE));
  }

  @Override
  public Completable delete(String path, int version) {
    return call(
            "delete " + path,
            callback -> curator.delete().withVersion(version).inBackground(callback).forPath(path))
        .map(event -> is(event, Code.OK) || refuse(event, Code.BADVERSION, Code.NONODE))
        .ignoreElement();
  }

  @Override
  public long session() {
    try {
      return curator.getZookeeperClient().getZooKeeper().getSessionId();
    } catch (Exception disconnected) {
      throw new ClusterUnavailableException("zookeeper: no session", disconnected);
    }
  }

  @Override
  public Disposable onSession(Consumer<SessionState> told) {
    ConnectionStateListener listener = (client, state) -> told.accept(stateOf(state));
    curator.getConnectionStateListenable().addListener(listener);
    return Disposable.fromRunnable(
        () -> curator.getConnectionStateListenable().removeListener(listener));
  }

  private static SessionState stateOf(ConnectionState state) {
    return switch (state) {
      case CONNECTED, RECONNECTED -> SessionState.CONNECTED;
      case SUSPENDED, READ_ONLY -> SessionState.SUSPENDED;
      case LOST -> SessionState.LOST;
    };
  }

  @Override
  public Watch watch(String path, Sight sight) {
    return CuratorWatch.of(curator, path, sight);
  }

  @Override
  public Watch watchChildren(String path, Runnable changed) {
    return CuratorWatch.ofChildren(curator, path, changed);
  }

  @Override
  public Watch stand(String path, String name, Consumer<Boolean> leads) {
    return new CuratorCandidate(curator, path, name, leads);
  }

  private interface Call {
    void send(BackgroundCallback callback) throws Exception;
  }

  private Single<CuratorEvent> call(String what, Call call) {
    return Single.<CuratorEvent>create(answer -> send(call, answer))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS, scheduler)
        .observeOn(scheduler)
        .onErrorResumeNext(
            cause -> Single.error(new ClusterUnavailableException("zookeeper: " + what, cause)));
  }

  private static void send(Call call, SingleEmitter<CuratorEvent> answer) {
    try {
      call.send((client, event) -> answer.onSuccess(event));
    } catch (Exception notSent) {
      answer.tryOnError(notSent);
    }
  }

  private static boolean is(CuratorEvent event, Code code) {
    return event.getResultCode() == code.intValue();
  }

  private static boolean refuse(CuratorEvent event, Code... expected) {
    for (Code code : expected) {
      if (is(event, code)) {
        return false;
      }
    }
    KeeperException cause = KeeperException.create(Code.get(event.getResultCode()));
    throw new ClusterUnavailableException("zookeeper: " + cause.code(), cause);
  }
}
