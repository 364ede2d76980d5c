package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the users written with last that this one is here, and this one's client which of them are.
 * All of it may be lost.
 */
final class PresenceWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceWatch.class);

  /** So that a node that comes back is not flooded. */
  private static final Duration SETTLE = Duration.ofMillis(200);

  /** A session that comes back within this time was never away. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int KNOWN_MAX = 200;

  private final ChatHost host;
  private final Member member;
  private final Outlet outlet;
  private final Map<UserId, Boolean> known = new HashMap<>();
  private List<UserId> peers = List.of();
  private boolean over;

  PresenceWatch(ChatHost host, Member member, Outlet outlet, Scheduler.Worker worker) {
    this.host = host;
    this.member = member;
    this.outlet = outlet;
    Disposable unused =
        worker.schedule(
            this::begin, host.environment().jitteredMillis(SETTLE), TimeUnit.MILLISECONDS);
  }

  private void begin() {
    if (over) {
      return;
    }
    Disposable unused =
        Ports.bounded(
                host,
                host.ports()
                    .conversations()
                    .recentPeers(member.user(), host.settings().limits().peersMax()),
                List.<UserId>of())
            .subscribe(this::arrive, this::broken);
  }

  private void broken(Throwable error) {
    LOG.error("event=chat.presence_broken user={}", member.user(), error);
  }

  private void arrive(List<UserId> recent) {
    peers =
        recent.stream()
            .filter(peer -> !peer.equals(member.user()))
            .limit(host.settings().limits().peersMax())
            .toList();
    if (!over) {
      announce(true, true);
    }
  }

  private void announce(boolean online, boolean answer) {
    peers.forEach(peer -> tell(peer, online, answer));
  }

  private void tell(UserId to, boolean online, boolean answer) {
    host.ports()
        .feed()
        .tell(new Signal.Presence(to, member.user(), member.address(), online, answer));
  }

  void told(Signal.Presence signal) {
    if (signal.from().equals(member.user())) {
      if (!signal.online() && signal.answer()) {
        announce(true, false); // gone elsewhere, but still here
      }
      return;
    }
    boolean changed = !Boolean.valueOf(signal.online()).equals(known.get(signal.from()));
    if (changed && (known.containsKey(signal.from()) || known.size() < KNOWN_MAX)) {
      known.put(signal.from(), signal.online());
      outlet.writeIfReady(new ServerFrame.Presence(signal.about().value(), signal.online()));
    }
    if (signal.answer()) {
      tell(signal.from(), true, false);
    }
  }

  /** The session is over and has left the gate. */
  void stop() {
    over = true;
    if (!peers.isEmpty() && isGone()) {
      Disposable unused =
          host.environment()
              .scheduler()
              .scheduleDirect(this::leave, GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void leave() {
    if (isGone()) {
      announce(false, false);
      tell(member.user(), false, true);
    }
  }

  private boolean isGone() {
    return host.gate().sessionsOf(member.user()) == 0;
  }
}
