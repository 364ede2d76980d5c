package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The live feed of one life of a node. Batches of any node get here late, twice or never. */
final class SimulatedFeed implements LiveFeed {
  private static final long LATENCY_MICROS = 300;

  private final World world;
  private final Life life;
  private final MailboxWay way;
  private final Map<UserId, Set<Listener>> listeners = new HashMap<>();

  SimulatedFeed(World world, Life life, MailboxWay way) {
    this.world = world;
    this.life = life;
    this.way = way;
  }

  /** Tells all nodes of what this one says that it committed. */
  void publish(LiveBatch batch) {
    if (life.ended()) {
      return;
    }
    Tale tale = world.watch().tale(batch.user());
    if (tale.entry() < batch.head().entry()) {
      world.violation("told before it was in the log: " + batch);
    }
    everywhere(batch.user(), listener -> listener.committed(batch));
  }

  private void everywhere(UserId user, Consumer<Listener> told) {
    for (SimulatedNode node : world.nodes()) {
      if (world.weather().losesLive()) {
        world.trace().note("live news of " + user + " lost");
      } else {
        arrive(node, user, told);
        if (world.weather().doublesIntake()) {
          arrive(node, user, told);
        }
      }
    }
  }

  private void arrive(SimulatedNode node, UserId user, Consumer<Listener> told) {
    world
        .time()
        .after(
            world.chance().latencyMicros(LATENCY_MICROS),
            () -> node.life().enter(() -> node.feed().tellListeners(user, told)));
  }

  private void tellListeners(UserId user, Consumer<Listener> told) {
    List.copyOf(listeners.getOrDefault(user, Set.of())).forEach(told);
  }

  @Override
  public Disposable listen(UserId user, Listener listener) {
    listeners.computeIfAbsent(user, first -> new LinkedHashSet<>()).add(listener);
    return Disposable.fromRunnable(() -> listeners.get(user).remove(listener));
  }

  @Override
  public int listeners(UserId user) {
    return listeners.getOrDefault(user, Set.of()).size();
  }

  @Override
  public void tell(Signal signal) {
    everywhere(signal.to(), listener -> listener.signalled(signal));
  }

  @Override
  public Single<Outcome> events(UserId user, Position since, int max) {
    SimulatedUser known = world.user(user);
    return way.read(known, new MailboxRequest.Events(known.mailbox(), since, max))
        .map(SimulatedFeed::outcome);
  }

  private static Outcome outcome(ReadOutcome<EventPage> read) {
    return read instanceof ReadOutcome.Found<EventPage> found
        ? new Outcome.Events(found.value())
        : new Outcome.Retry("not now");
  }
}
