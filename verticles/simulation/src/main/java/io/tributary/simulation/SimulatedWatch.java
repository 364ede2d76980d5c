package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.zookeeper.Znodes.Sight;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks when told that something has changed, and tells what is new to it. */
final class SimulatedWatch {
  private static final long AGAIN_MICROS = 300 * VirtualTime.MILLISECOND;

  private final SimulatedZnodes znodes;
  private final String path;
  private final boolean ofChildren;
  private final Single<List<Znode>> look;
  private final Consumer<List<Znode>> news;
  private Optional<List<Znode>> seen = Optional.empty();
  private boolean looking;
  private boolean again;

  private SimulatedWatch(
      SimulatedZnodes znodes,
      String path,
      boolean ofChildren,
      Single<List<Znode>> look,
      Consumer<List<Znode>> news) {
    this.znodes = znodes;
    this.path = path;
    this.ofChildren = ofChildren;
    this.look = look;
    this.news = news;
  }

  static SimulatedWatch of(SimulatedZnodes znodes, String path, Sight sight) {
    Single<List<Znode>> look =
        Single.defer(() -> znodes.read(path).map(List::of).defaultIfEmpty(List.of()));
    return new SimulatedWatch(znodes, path, false, look, now -> tell(now, sight));
  }

  private static void tell(List<Znode> now, Sight sight) {
    if (now.isEmpty()) {
      sight.gone();
    } else {
      sight.is(now.get(0));
    }
  }

  static SimulatedWatch ofChildren(SimulatedZnodes znodes, String path, Runnable changed) {
    Single<List<Znode>> look = Single.defer(() -> znodes.children(path));
    return new SimulatedWatch(znodes, path, true, look, now -> changed.run());
  }

  boolean concerns(String changed) {
    return ofChildren ? changed.startsWith(path + "/") : changed.equals(path);
  }

  void look() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    again = false;
    Disposable unused = look.subscribe(this::sees, failure -> lookLater());
  }

  private void sees(List<Znode> now) {
    looking = false;
    if (!seen.equals(Optional.of(now))) {
      seen = Optional.of(now);
      news.accept(now);
    }
    if (again) {
      look();
    }
  }

  private void lookLater() {
    looking = false;
    znodes.world().time().after(AGAIN_MICROS, () -> znodes.life().enter(this::look));
  }
}
