package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.AddressClaims.Claimed;
import io.tributary.discovery.directory.Creation.AddressTaken;
import io.tributary.discovery.directory.Creation.Created;
import io.tributary.discovery.directory.Creation.TryAgain;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.StorageUnavailableException;

/**
 * Takes one account from CREATING to ACTIVE: claims its addresses, opens its log, and switches it
 * by compare-and-set. Any number of attempts may drive the same account at once, and each may stop
 * anywhere: every step is a conditional write of one row, and nobody takes a claim from an account
 * that could still become active.
 */
final class AccountCreation {
  private final DirectoryStore store;
  private final Abortion abortion;
  private final AddressClaims claims;
  private final LogOpening opening;
  private final DirectoryEnvironment environment;

  AccountCreation(DirectoryStore store, FirstEntries logs, DirectoryEnvironment environment) {
    this.store = store;
    this.environment = environment;
    this.abortion = new Abortion(store, environment);
    this.claims = new AddressClaims(store, abortion, environment);
    this.opening = new LogOpening(logs, environment);
  }

  /** Writes the row that everything begins with. False if the id is used. */
  Single<Boolean> begin(UserId user, String cell, NewUser wanted) {
    Account creating =
        new Account(
            Account.State.CREATING,
            wanted.name().value(),
            wanted.addresses(),
            cell,
            1,
            environment.clock().millis(),
            environment.stamps().next());
    return store.accounts().putIfAbsent(user, creating);
  }

  /**
   * Finishes a creation, whoever began it.
   *
   * <p>Signals {@link StorageUnavailableException} if it may stand anywhere between; then it may be
   * finished or aborted by anyone.
   */
  Single<Creation> finish(Draft draft) {
    return claims.claimAll(draft).flatMap(claimed -> claimed(draft, claimed));
  }

  private Single<Creation> claimed(Draft draft, Claimed claimed) {
    if (claimed instanceof Claimed.Taken taken) {
      return giveUp(draft, new AddressTaken(taken.address()));
    }
    return claimed instanceof Claimed.Held
        ? open(draft)
        : Single.just(new TryAgain("another creation holds an address"));
  }

  private Single<Creation> open(Draft draft) {
    return opening
        .open(draft)
        .flatMap(
            opened ->
                opened
                    ? activate(draft)
                    : Single.just(new TryAgain("the new mailbox's log is not reachable")));
  }

  private Single<Creation> activate(Draft draft) {
    Account active = draft.account().withState(Account.State.ACTIVE, environment.stamps().next());
    return store
        .accounts()
        .replace(draft.user(), draft.row(), active)
        .flatMap(
            won ->
                won
                    ? Single.just(new Created(Draft.userAccount(draft.user(), active), false))
                    : outcomeOfOthers(draft));
  }

  private Single<Creation> outcomeOfOthers(Draft draft) {
    return store
        .accounts()
        .get(draft.user())
        .toSingle()
        .map(
            row ->
                row.value().state() == Account.State.ACTIVE
                    ? new Created(Draft.userAccount(draft.user(), row.value()), true)
                    : new TryAgain("the creation took too long and was aborted"));
  }

  /** Aborts, and answers {@code otherwise} unless the account had become active after all. */
  Single<Creation> giveUp(Draft draft, Creation otherwise) {
    return abortion
        .abort(draft)
        .<Creation>map(active -> new Created(active, true))
        .defaultIfEmpty(otherwise)
        // Others abort it after a minute.
        .onErrorResumeNext(
            error ->
                error instanceof StorageUnavailableException
                    ? Single.just(otherwise)
                    : Single.error(error));
  }

  /** Aborts a creation that died. */
  Completable sweep(Draft draft) {
    return abortion.abort(draft).ignoreElement();
  }
}
