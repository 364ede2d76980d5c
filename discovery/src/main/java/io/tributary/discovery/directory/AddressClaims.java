package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.Stored;
import java.util.concurrent.TimeUnit;

/**
 * Claims the addresses of an account in sorted order, so that of two creations that want the same
 * ones neither waits for the other in a circle.
 */
final class AddressClaims {
  /** Mail for somebody who gave an address back must not reach the next owner. */
  static final long QUARANTINE_MILLIS = TimeUnit.DAYS.toMillis(30);

  private final DirectoryStore store;
  private final Abortion abortion;
  private final DirectoryEnvironment environment;
  private final Patience patience;

  AddressClaims(DirectoryStore store, Abortion abortion, DirectoryEnvironment environment) {
    this.store = store;
    this.abortion = abortion;
    this.environment = environment;
    this.patience = new Patience(environment);
  }

  /** What became of a claim, or of all claims of an account. */
  sealed interface Claimed {
    /** It is ours for as long as our account is not ABORTED. */
    record Held() implements Claimed {}

    /** It belongs to an active account, or is in quarantine. */
    record Taken(Address address) implements Claimed {}

    /** A creation that may still be under way holds it. */
    record Busy(Address address) implements Claimed {}
  }

  private static final Claimed HELD = new Claimed.Held();

  /** For which account; anew: also where the account holds it, or had it last. */
  private record Wish(Address address, UserId user, boolean anew) {}

  /** Claims one after the other, up to the first that can't be had. */
  Single<Claimed> claimAll(Draft draft) {
    return Flowable.fromIterable(draft.addresses())
        .concatMapSingle(address -> claim(new Wish(address, draft.user(), false)), 1)
        .filter(claimed -> !(claimed instanceof Claimed.Held))
        .first(HELD);
  }

  /**
   * Claims for an active account. The claim that stands then was written by this call, even if the
   * account had one before or gave it back.
   */
  Single<Claimed> claimAnew(Address address, UserId user) {
    return claim(new Wish(address, user, true));
  }

  private Single<Claimed> claim(Wish wish) {
    return store
        .claims()
        .putIfAbsent(wish.address(), claimOf(wish.user()))
        .flatMap(won -> won ? Single.just(HELD) : contend(wish, 1));
  }

  private Single<Claimed> contend(Wish wish, int round) {
    return store.claims().get(wish.address()).toSingle().flatMap(row -> weigh(wish, round, row));
  }

  private Single<Claimed> weigh(Wish wish, int round, Stored<Claim> row) {
    if (row.value().user().equals(wish.user()) && wish.anew()) {
      return takeOver(wish, round, row);
    }
    return switch (row.value().state()) {
      case FREE -> takeOver(wish, round, row);
      case RELEASED ->
          quarantineIsOver(row.value())
              ? takeOver(wish, round, row)
              : Single.just(new Claimed.Taken(wish.address()));
      case CLAIMED ->
          row.value().user().equals(wish.user())
              ? Single.just(HELD)
              : weighHolder(wish, round, row);
    };
  }

  private Single<Claimed> weighHolder(Wish wish, int round, Stored<Claim> row) {
    UserId holder = row.value().user();
    return store
        .accounts()
        .get(holder)
        .toSingle() // an account's row is written before its claims, and never deleted
        .flatMap(
            account ->
                switch (account.value().state()) {
                  case ACTIVE -> Single.just(new Claimed.Taken(wish.address()));
                  case ABORTED -> takeOver(wish, round, row);
                  case CREATING -> outwait(wish, round, new Draft(holder, account));
                });
  }

  private Single<Claimed> takeOver(Wish wish, int round, Stored<Claim> row) {
    return store
        .claims()
        .replace(wish.address(), row, claimOf(wish.user()))
        .flatMap(won -> won ? Single.just(HELD) : again(wish, round));
  }

  private Single<Claimed> outwait(Wish wish, int round, Draft other) {
    if (other.isDead(environment.clock().millis())) {
      return abortion
          .abort(other)
          .<Claimed>map(active -> new Claimed.Taken(wish.address()))
          .switchIfEmpty(Single.defer(() -> again(wish, round)));
    }
    return round >= Patience.ROUNDS_MAX
        ? Single.just(new Claimed.Busy(wish.address()))
        : patience.pauseBefore(round).andThen(again(wish, round));
  }

  private Single<Claimed> again(Wish wish, int round) {
    return round >= Patience.ROUNDS_MAX
        ? Single.just(new Claimed.Busy(wish.address()))
        : Single.defer(() -> contend(wish, round + 1));
  }

  private Claim claimOf(UserId user) {
    return new Claim(
        Claim.State.CLAIMED, user, environment.clock().millis(), environment.stamps().next());
  }

  private boolean quarantineIsOver(Claim released) {
    return environment.clock().millis() - released.changedMillis() >= QUARANTINE_MILLIS;
  }
}
