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

  /** Claims one after the other, up to the first that can't be had. */
  Single<Claimed> claimAll(Draft draft) {
    return Flowable.fromIterable(draft.addresses())
        .concatMapSingle(address -> claim(address, draft.user(), 1), 1)
        .filter(claimed -> !(claimed instanceof Claimed.Held))
        .first(HELD);
  }

  private Single<Claimed> claim(Address address, UserId user, int round) {
    return store
        .claims()
        .putIfAbsent(address, claimOf(user))
        .flatMap(won -> won ? Single.just(HELD) : contend(address, user, round));
  }

  private Single<Claimed> contend(Address address, UserId user, int round) {
    return store.claims().get(address).toSingle().flatMap(row -> weigh(address, user, round, row));
  }

  private Single<Claimed> weigh(Address address, UserId user, int round, Stored<Claim> row) {
    return switch (row.value().state()) {
      case FREE -> takeOver(address, user, round, row);
      case RELEASED ->
          quarantineIsOver(row.value())
              ? takeOver(address, user, round, row)
              : Single.just(new Claimed.Taken(address));
      case CLAIMED ->
          row.value().user().equals(user)
              ? Single.just(HELD)
              : weighHolder(address, user, round, row);
    };
  }

  private Single<Claimed> weighHolder(Address address, UserId user, int round, Stored<Claim> row) {
    UserId holder = row.value().user();
    return store
        .accounts()
        .get(holder)
        .toSingle() // an account's row is written before its claims, and never deleted
        .flatMap(
            account ->
                switch (account.value().state()) {
                  case ACTIVE -> Single.just(new Claimed.Taken(address));
                  case ABORTED -> takeOver(address, user, round, row);
                  case CREATING -> outwait(address, user, round, new Draft(holder, account));
                });
  }

  private Single<Claimed> takeOver(Address address, UserId user, int round, Stored<Claim> row) {
    return store
        .claims()
        .replace(address, row, claimOf(user))
        .flatMap(won -> won ? Single.just(HELD) : again(address, user, round));
  }

  private Single<Claimed> outwait(Address address, UserId user, int round, Draft other) {
    if (other.isDead(environment.clock().millis())) {
      return abortion
          .abort(other)
          .<Claimed>map(active -> new Claimed.Taken(address))
          .switchIfEmpty(Single.defer(() -> again(address, user, round)));
    }
    return round >= Patience.ROUNDS_MAX
        ? Single.just(new Claimed.Busy(address))
        : patience.pauseBefore(round).andThen(again(address, user, round));
  }

  private Single<Claimed> again(Address address, UserId user, int round) {
    return round >= Patience.ROUNDS_MAX
        ? Single.just(new Claimed.Busy(address))
        : Single.defer(() -> contend(address, user, round + 1));
  }

  private Claim claimOf(UserId user) {
    return new Claim(
        Claim.State.CLAIMED, user, environment.clock().millis(), environment.stamps().next());
  }

  private boolean quarantineIsOver(Claim released) {
    return environment.clock().millis() - released.changedMillis() >= QUARANTINE_MILLIS;
  }
}
