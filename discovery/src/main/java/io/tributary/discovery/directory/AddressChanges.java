package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.AddressChange.Changed;
import io.tributary.discovery.directory.AddressChange.NoSuchUser;
import io.tributary.discovery.directory.AddressChange.NotTheirs;
import io.tributary.discovery.directory.AddressChange.Refused;
import io.tributary.discovery.directory.AddressChange.Taken;
import io.tributary.discovery.directory.AddressChange.TryAgain;
import io.tributary.discovery.directory.AddressClaims.Claimed;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gives an active account an address, or takes one away. Added: claim, mailbox, account; removed:
 * account, mailbox, claim; so that an address never counts before its mailbox knows it, and is
 * never free while it counts. Whoever stops anywhere repeats the call.
 *
 * <p>An addition writes its claim anew even where it holds it already: a removal that had read the
 * claim before can then not release what was added since.
 */
final class AddressChanges {
  /** More than anybody has, few enough for one row and one entry. */
  static final int ADDRESSES_MAX = 50;

  private final DirectoryStore store;
  private final AddressClaims claims;
  private final MailboxAddresses mailboxes;
  private final DirectoryEnvironment environment;

  AddressChanges(
      DirectoryStore store, MailboxAddresses mailboxes, DirectoryEnvironment environment) {
    this.store = store;
    this.mailboxes = mailboxes;
    this.environment = environment;
    this.claims = new AddressClaims(store, new Abortion(store, environment), environment);
  }

  Single<AddressChange> add(UserId user, Address address) {
    return changed(address, () -> add(user, address, 1));
  }

  Single<AddressChange> remove(UserId user, Address address) {
    return changed(address, () -> remove(user, address, 1));
  }

  private static Single<AddressChange> changed(
      Address address, Supplier<Single<AddressChange>> change) {
    if (address.kind() == AddressKind.CHAT) {
      return Single.just(new Refused("the chat address is the user's name and stays"));
    }
    return Single.defer(change::get).onErrorResumeNext(AddressChanges::tryAgain);
  }

  private static Single<AddressChange> tryAgain(Throwable failure) {
    return failure instanceof StorageUnavailableException away
        ? Single.just(new TryAgain("not done, or not wholly: " + away.getMessage()))
        : Single.error(failure);
  }

  // Adding

  private Single<AddressChange> add(UserId user, Address address, int round) {
    return active(user)
        .flatMap(
            found ->
                found
                    .map(row -> add(new Owner(user, row), address, round))
                    .orElseGet(() -> Single.just(new NoSuchUser())));
  }

  private Single<AddressChange> add(Owner owner, Address address, int round) {
    List<Address> before = owner.addresses();
    if (before.contains(address)) {
      return told(owner.with(before)); // again: it may have been told something older since
    }
    if (before.size() >= ADDRESSES_MAX) {
      return Single.just(new Refused("a user has at most " + ADDRESSES_MAX + " addresses"));
    }
    return claims
        .claimAnew(address, owner.user())
        .flatMap(claimed -> claimed(owner, address, round, claimed));
  }

  private Single<AddressChange> claimed(Owner owner, Address address, int round, Claimed claimed) {
    if (claimed instanceof Claimed.Taken) {
      return Single.just(new Taken());
    }
    if (claimed instanceof Claimed.Busy) {
      return Single.just(new TryAgain("somebody else is being given this address"));
    }
    UserAccount next =
        owner.with(Stream.concat(owner.addresses().stream(), Stream.of(address)).toList());
    return mailboxes
        .tell(next)
        .andThen(Single.defer(() -> replace(owner, next)))
        .flatMap(
            won ->
                won
                    ? Single.just(new Changed(next))
                    : again(round, () -> add(owner.user(), address, round + 1)));
  }

  // Removing

  private Single<AddressChange> remove(UserId user, Address address, int round) {
    return active(user)
        .flatMap(
            found ->
                found
                    .map(row -> remove(new Owner(user, row), address, round))
                    .orElseGet(() -> Single.just(new NoSuchUser())));
  }

  private Single<AddressChange> remove(Owner owner, Address address, int round) {
    boolean listed = owner.addresses().contains(address);
    return claimOf(owner, address)
        .flatMap(
            claim ->
                listed || holds(claim)
                    ? unlist(owner, address, claim, round)
                    : Single.just(removedBefore(owner, claim)));
  }

  /**
   * Writes the account's row also where the address is not listed: an addition under way, which has
   * the claim already, then finds the row changed and begins anew.
   */
  private Single<AddressChange> unlist(
      Owner owner, Address address, Optional<Stored<Claim>> claim, int round) {
    UserAccount next =
        owner.with(owner.addresses().stream().filter(kept -> !kept.equals(address)).toList());
    return replace(owner, next)
        .flatMap(
            won ->
                won
                    ? release(next, address, claim)
                    : again(round, () -> remove(owner.user(), address, round + 1)));
  }

  private static AddressChange removedBefore(Owner owner, Optional<Stored<Claim>> claim) {
    return claim.isEmpty() ? new NotTheirs() : new Changed(owner.with(owner.addresses()));
  }

  private static boolean holds(Optional<Stored<Claim>> claim) {
    return claim.filter(row -> row.value().state() == Claim.State.CLAIMED).isPresent();
  }

  /** If the claim has changed since, somebody added the address anew, or released it. */
  private Single<AddressChange> release(
      UserAccount next, Address address, Optional<Stored<Claim>> claim) {
    Completable released =
        claim
            .filter(row -> holds(claim))
            .map(row -> store.claims().replace(address, row, released(next.id())).ignoreElement())
            .orElseGet(Completable::complete);
    return told(next).flatMap(told -> released.toSingleDefault(told));
  }

  private Claim released(UserId user) {
    return new Claim(
        Claim.State.RELEASED, user, environment.clock().millis(), environment.stamps().next());
  }

  /** The claim that this account has on the address, or had last. */
  private Single<Optional<Stored<Claim>>> claimOf(Owner owner, Address address) {
    return store
        .claims()
        .get(address)
        .filter(row -> row.value().user().equals(owner.user()))
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty());
  }

  // Both

  /** An account as its row was read. */
  private record Owner(UserId user, Stored<Account> row) {
    List<Address> addresses() {
      return row.value().addresses();
    }

    UserAccount with(List<Address> addresses) {
      return Draft.userAccount(user, row.value().withAddresses(addresses, row.value().stamp()));
    }
  }

  private Single<Optional<Stored<Account>>> active(UserId user) {
    return store
        .accounts()
        .get(user)
        .filter(row -> row.value().state() == Account.State.ACTIVE)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty());
  }

  private Single<Boolean> replace(Owner owner, UserAccount next) {
    Account account =
        owner.row().value().withAddresses(next.addresses(), environment.stamps().next());
    return store.accounts().replace(owner.user(), owner.row(), account);
  }

  private Single<AddressChange> told(UserAccount account) {
    return mailboxes.tell(account).toSingleDefault(new Changed(account));
  }

  private static Single<AddressChange> again(int round, Supplier<Single<AddressChange>> next) {
    return round >= Patience.ROUNDS_MAX
        ? Single.just(new TryAgain("others change the same account"))
        : Single.defer(next::get);
  }
}
