package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import java.util.ArrayList;
import java.util.List;

/** The live feed of one life of a node: batches come late, out of order, or never. */
final class SimulatedFeed implements LiveFeed {
  private static final long LATENCY_MICROS = 500;

  private final World world;
  private final Life life;
  private final List<Listening> listening = new ArrayList<>();

  private record Listening(UserId user, Listener listener) {}

  SimulatedFeed(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  /** Some node has told it to the cell. */
  void hear(LiveBatch batch) {
    later(() -> life.enter(() -> tellListeners(batch)));
  }

  private void tellListeners(LiveBatch batch) {
    for (Listening each : List.copyOf(listening)) {
      if (each.user.equals(batch.user()) && listening.contains(each)) {
        each.listener.committed(batch);
      }
    }
  }

  @Override
  public Disposable listen(UserId user, Listener listener) {
    Listening entry = new Listening(user, listener);
    listening.add(entry);
    return Disposable.fromAction(() -> listening.remove(entry));
  }

  @Override
  public int listeners(UserId user) {
    return (int) listening.stream().filter(each -> each.user.equals(user)).count();
  }

  @Override
  public void tell(Signal signal) {
    // nobody types here
  }

  @Override
  public Single<Outcome> events(UserId user, Position since, int max) {
    MailboxRef mailbox = new MailboxRef(user, 1);
    return Single.create(
        caller ->
            later(
                () ->
                    world
                        .nodeFor(user)
                        .readOn(
                            mailbox,
                            since,
                            max,
                            outcome ->
                                later(() -> life.enter(() -> caller.onSuccess(of(outcome)))))));
  }

  private static Outcome of(ReadOutcome<EventPage> outcome) {
    return outcome instanceof ReadOutcome.Found<EventPage> found
        ? new Outcome.Events(found.value())
        : new Outcome.Retry("not now");
  }

  private void later(Runnable arrival) {
    if (world.weather().losesIntake()) {
      world.trace().note("lost on the way to a feed");
    } else {
      world.time().after(world.chance().latencyMicros(LATENCY_MICROS), arrival);
    }
  }
}
