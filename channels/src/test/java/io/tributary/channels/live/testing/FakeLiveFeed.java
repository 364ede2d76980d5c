package io.tributary.channels.live.testing;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Mailboxes and those who listen to them, as one event loop has them. */
public final class FakeLiveFeed implements LiveFeed {
  private static final long READ_MILLIS = 3;

  private final Scheduler scheduler;
  private final Map<UserId, FakeMailbox> mailboxes = new HashMap<>();
  private final Map<UserId, List<Listener>> listeners = new HashMap<>();
  private final List<Signal> told = new ArrayList<>();
  private boolean away;
  private boolean mute;
  private int reads;

  public FakeLiveFeed(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  public FakeMailbox mailbox(UserId user) {
    return mailboxes.computeIfAbsent(user, FakeMailbox::new);
  }

  /** From now on reads are answered with Retry, or not. */
  public void away(boolean away) {
    this.away = away;
  }

  /** From now on reads are not answered at all, or again. */
  public void mute(boolean mute) {
    this.mute = mute;
  }

  /** Tells those who listen now. */
  public void publish(LiveBatch batch) {
    List.copyOf(listeners.getOrDefault(batch.user(), List.of()))
        .forEach(listener -> listener.committed(batch));
  }

  /** What sessions have told others, delivered or not. */
  public List<Signal> told() {
    return List.copyOf(told);
  }

  public int reads() {
    return reads;
  }

  @Override
  public Disposable listen(UserId user, Listener listener) {
    listeners.computeIfAbsent(user, unused -> new ArrayList<>()).add(listener);
    return Disposable.fromRunnable(() -> listeners.get(user).remove(listener));
  }

  @Override
  public int listeners(UserId user) {
    return listeners.getOrDefault(user, List.of()).size();
  }

  @Override
  public void tell(Signal signal) {
    told.add(signal);
    List.copyOf(listeners.getOrDefault(signal.to(), List.of()))
        .forEach(listener -> listener.signalled(signal));
  }

  @Override
  public Single<Outcome> events(UserId user, Position since, int max) {
    return Single.defer(
        () -> {
          reads++;
          if (mute) {
            return Single.never();
          }
          Outcome outcome =
              away
                  ? new Outcome.Retry("storage is away")
                  : new Outcome.Events(mailbox(user).page(since, max));
          return Single.just(outcome).delay(READ_MILLIS, TimeUnit.MILLISECONDS, scheduler);
        });
  }
}
