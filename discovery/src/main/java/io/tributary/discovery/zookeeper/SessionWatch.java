package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.tributary.discovery.membership.SessionState;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the client stands with ZooKeeper, as values. Safe for any thread. */
public final class SessionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

  private final CuratorFramework curator;
  private final ConnectionStateListener listener = (client, state) -> note(state);
  private final FlowableProcessor<SessionState> states =
      BehaviorProcessor.createDefault(SessionState.CONNECTED).toSerialized();
  private volatile SessionState now = SessionState.CONNECTED;

  /** Assumes a connected client. */
  public SessionWatch(CuratorFramework curator) {
    this.curator = curator;
    curator.getConnectionStateListenable().addListener(listener);
  }

  public SessionState now() {
    return now;
  }

  /** The state now and at each change; a slow subscriber sees only the newest. */
  public Flowable<SessionState> states() {
    return states.onBackpressureLatest().distinctUntilChanged();
  }

  private void note(ConnectionState state) {
    now =
        switch (state) {
          case CONNECTED, RECONNECTED -> SessionState.CONNECTED;
          case SUSPENDED, READ_ONLY -> SessionState.SUSPENDED;
          case LOST -> SessionState.LOST;
        };
    LOG.info("event=zookeeper.session state={}", now);
    states.onNext(now);
  }

  @Override
  public void close() {
    curator.getConnectionStateListenable().removeListener(listener);
    states.onComplete();
  }
}
