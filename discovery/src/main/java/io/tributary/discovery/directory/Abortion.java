package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.Stored;

/**
 * Ends a creation that will not be finished: first the account, for ever; only then its claims. An
 * ABORTED account never becomes active, so whoever meets a claim of one may also take it over
 * directly; freeing is tidiness.
 */
final class Abortion {
  private final DirectoryStore store;
  private final DirectoryEnvironment environment;

  Abortion(DirectoryStore store, DirectoryEnvironment environment) {
    this.store = store;
    this.environment = environment;
  }

  /**
   * Empty once the account is ABORTED; the account if it had become ACTIVE before.
   *
   * <p>Signals {@link StorageUnavailableException}; may be repeated.
   */
  Maybe<UserAccount> abort(Draft draft) {
    Account aborted = draft.account().withState(Account.State.ABORTED, environment.stamps().next());
    return store
        .accounts()
        .replace(draft.user(), draft.row(), aborted)
        .flatMap(done -> done ? Single.just(aborted) : now(draft.user()))
        .flatMapMaybe(now -> settle(draft, now));
  }

  private Single<Account> now(UserId user) {
    return store.accounts().get(user).map(Stored::value).toSingle();
  }

  private Maybe<UserAccount> settle(Draft draft, Account now) {
    return switch (now.state()) {
      case ACTIVE -> Maybe.just(Draft.userAccount(draft.user(), now));
      case ABORTED -> freeClaims(draft).toMaybe();
      case CREATING ->
          Maybe.error(StorageUnavailableException.notApplied("an account changed while aborting"));
    };
  }

  private Completable freeClaims(Draft draft) {
    return Flowable.fromIterable(draft.addresses())
        .concatMapCompletable(address -> free(address, draft.user()));
  }

  private Completable free(Address address, UserId user) {
    return store
        .claims()
        .get(address)
        .filter(row -> row.value().state() == Claim.State.CLAIMED)
        .filter(row -> row.value().user().equals(user))
        .flatMapSingle(row -> store.claims().replace(address, row, freed(user)))
        .ignoreElement();
  }

  private Claim freed(UserId user) {
    return new Claim(
        Claim.State.FREE, user, environment.clock().millis(), environment.stamps().next());
  }
}
