package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.SessionState;
import java.util.List;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;

/**
 * ZooKeeper as one client sees it: as much of it as discovery needs. One client has one session at
 * a time. Safe for any thread.
 *
 * <p>What it signals: each call {@link ClusterUnavailableException}, after a time-out at the
 * latest; a write that does may have been carried out.
 *
 * <p>Order, as ZooKeeper guarantees it: calls that one client makes one after the other see ever
 * newer state. What is told by a watch may come late, and changes in quick succession are told as
 * one; the last one is told, also after a lost connection or session.
 */
public interface Znodes {
  /**
   * ZooKeeper by a Curator client, which must be started and stays the caller's.
   *
   * @param scheduler where everything is answered
   * @param timeoutMillis of each call
   */
  static Znodes of(CuratorFramework curator, Scheduler scheduler, long timeoutMillis) {
    return new CuratorZnodes(curator, scheduler, timeoutMillis);
  }

  /**
   * A znode as it was read.
   *
   * @param changedZxid rises with each change, over all znodes
   * @param version rises by one with each change of this znode, from 0
   * @param owner the session that it goes with; 0 if it is permanent
   */
  record Znode(Bytes data, long changedZxid, int version, long owner) {}

  /** How long a znode stands. */
  enum Lasting {
    PERMANENT,
    /** Until the session that created it ends. */
    EPHEMERAL
  }

  /** False if it exists. Parents are created. */
  Single<Boolean> create(String path, Bytes data, Lasting lasting);

  Maybe<Znode> read(String path);

  /** All children, read one after the other, in no order; none if there is no such znode. */
  Single<List<Znode>> children(String path);

  /** Compare-and-set. False if it has another version, or is absent. */
  Single<Boolean> replace(String path, Bytes data, int version);

  /** Does nothing if it has another version, or is absent. */
  Completable delete(String path, int version);

  /**
   * Id of the session.
   *
   * @throws ClusterUnavailableException if there is none
   */
  long session();

  /** Told each change of how the client stands with ZooKeeper, until disposed. */
  Disposable onSession(Consumer<SessionState> told);

  /** Is told of one znode once started: how it stands, then each change. */
  Watch watch(String path, Sight sight);

  /** Is told when all children of a znode have been seen, and again at each change of one. */
  Watch watchChildren(String path, Runnable changed);

  /**
   * Stands for election once started, and is told whether it was won. Two may believe so at a time:
   * whoever acts on it must prove it by a compare-and-set.
   *
   * @param name for people
   */
  Watch stand(String path, String name, Consumer<Boolean> leads);

  /** Goes on until closed. May be closed without having been started. */
  interface Watch extends AutoCloseable {
    /** Once. */
    void start();

    @Override
    void close();
  }

  /** What a watch of one znode sees. */
  interface Sight {
    void is(Znode now);

    void gone();
  }
}
