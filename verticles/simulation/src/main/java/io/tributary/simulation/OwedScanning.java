package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.mailbox.MailboxShard;
import io.tributary.storage.OwedMarkers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** As the server's scan of owed work: at the start, and again and again. */
final class OwedScanning {
  private static final long PAUSE_MILLIS = 10_000;
  private static final int PAGE = 2;
  private static final int CONCURRENCY = 8;

  private final World world;
  private final SimulatedNode node;
  private final OwedMarkers markers;
  private final MailboxShard shard;

  OwedScanning(World world, SimulatedNode node, OwedMarkers markers, MailboxShard shard) {
    this.world = world;
    this.node = node;
    this.markers = markers;
    this.shard = shard;
  }

  void begin(Life life) {
    Disposable unused =
        scan()
            .onErrorComplete()
            .repeatWhen(ended -> ended.delay(PAUSE_MILLIS, TimeUnit.MILLISECONDS, life))
            .subscribe();
  }

  private Completable scan() {
    return markedFrom(Optional.empty())
        .filter(user -> node.serves(user) || world.weather().goesAstray())
        .flatMapCompletable(user -> shard.wake(world.user(user).mailbox()), false, CONCURRENCY);
  }

  private Flowable<UserId> markedFrom(Optional<UserId> after) {
    return markers.list(after, PAGE).flatMapPublisher(this::thisPageAndTheNext);
  }

  private Flowable<UserId> thisPageAndTheNext(List<UserId> page) {
    Flowable<UserId> these = Flowable.fromIterable(page);
    return page.size() < PAGE
        ? these
        : these.concatWith(Flowable.defer(() -> markedFrom(Optional.of(page.get(PAGE - 1)))));
  }
}
