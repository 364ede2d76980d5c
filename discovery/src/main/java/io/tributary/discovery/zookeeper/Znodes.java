package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Curator's background calls as RxJava, each with a time-out. All signal {@link
 * ClusterUnavailableException}; a write that does may have been carried out.
 */
class Znodes {
  private final CuratorFramework curator;
  private final Scheduler scheduler;
  private final long timeoutMillis;

  Znodes(CuratorFramework curator, Scheduler scheduler, long timeoutMillis) {
    this.curator = curator;
    this.scheduler = scheduler;
    this.timeoutMillis = timeoutMillis;
  }

  /** A znode as it was read. */
  record Znode(Bytes data, long changedZxid, int version, long owner) {}

  CuratorFramework curator() {
    return curator;
  }

  /** False if it exists. Parents are created. */
  Single<Boolean> create(String path, Bytes data, CreateMode mode) {
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

  Maybe<Znode> read(String path) {
    return call("read " + path, callback -> curator.getData().inBackground(callback).forPath(path))
        .filter(event -> is(event, Code.OK) || refuse(event, Code.NONODE))
        .map(Znodes::znode);
  }

  private static Znode znode(CuratorEvent event) {
    return new Znode(
        Bytes.copyOf(event.getData()),
        event.getStat().getMzxid(),
        event.getStat().getVersion(),
        event.getStat().getEphemeralOwner());
  }

  /** Compare-and-set. False if it has another version, or is absent. */
  Single<Boolean> replace(String path, Bytes data, int version) {
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

  /** Does nothing if it has another version, or is absent. */
  Completable delete(String path, int version) {
    return call(
            "delete " + path,
            callback -> curator.delete().withVersion(version).inBackground(callback).forPath(path))
        .map(event -> is(event, Code.OK) || refuse(event, Code.BADVERSION, Code.NONODE))
        .ignoreElement();
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
