package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Delivery;
import java.util.HashSet;
import java.util.Set;

/** Whose copies for whom are on their way: an outbox carries one after the other to a recipient. */
final class Lanes {
  private final World world;
  private final Life life;
  private final Set<Lane> carrying = new HashSet<>();

  private record Lane(UserId sender, UserId recipient) {}

  Lanes(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  <T> Single<T> alone(Delivery copy, Single<T> way) {
    Lane lane = new Lane(copy.origin().orElseThrow().sender(), copy.recipient().user());
    return way.doOnSubscribe(begins -> require(carrying.add(lane), copy))
        .doOnTerminate(() -> carrying.remove(lane))
        .doOnDispose(() -> carrying.remove(lane));
  }

  private void require(boolean alone, Delivery copy) {
    if (!alone && !life.ended()) {
      world.violation(copy.content().text() + " is carried while another is, by the same node");
    }
  }
}
