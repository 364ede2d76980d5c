package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.AddressChange.Changed;
import io.tributary.discovery.directory.Creation.Created;
import io.tributary.discovery.directory.Creation.TryAgain;
import io.tributary.discovery.directory.LookupCache.Policy;
import io.tributary.discovery.directory.LookupCache.UnknownFor;
import io.tributary.discovery.directory.Resolution.Resolved;
import io.tributary.discovery.directory.Resolution.Unknown;
import io.tributary.discovery.placement.Placement;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.DirectoryStore.ListedAccount;
import io.tributary.storage.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory in storage's rows, with a cache in front. Safe for any thread. */
public final class StoredDirectory implements Directory {
  private static final Logger LOG = LoggerFactory.getLogger(StoredDirectory.class);
  private static final int PAGE = 1_000;
  private static final int REQUEST_ID_CHARACTERS_MAX = 128;
  private static final int CACHED_MAX = 50_000;
  private static final UnknownFor UNKNOWN_FOR = new UnknownFor(1_000);
  private static final Policy POLICY =
      new Policy(TimeUnit.SECONDS.toMillis(60), UNKNOWN_FOR, true, CACHED_MAX);

  private final DirectoryStore store;
  private final AccountCreation accounts;
  private final RequestedCreation creation;
  private final AddressChanges changes;
  private final MailboxAddresses mailboxes;
  private final DirectoryEnvironment environment;
  private final Set<UserId> mending = ConcurrentHashMap.newKeySet();
  private final LookupCache<UserId, UserAccount> byId;
  private final LookupCache<Address, UserAccount> byAddress;

  /**
   * @param logs of the cells that {@code placement} places new users on
   */
  public StoredDirectory(
      DirectoryStore store,
      FirstEntries logs,
      Placement placement,
      MailboxAddresses mailboxes,
      DirectoryEnvironment environment) {
    this.store = store;
    this.mailboxes = mailboxes;
    this.changes = new AddressChanges(store, mailboxes, environment);
    this.environment = environment;
    this.accounts = new AccountCreation(store, logs, environment);
    this.creation = new RequestedCreation(store, accounts, placement, environment);
    this.byId = new LookupCache<>(this::readAccount, POLICY, environment.clock());
    this.byAddress = new LookupCache<>(this::readAddress, POLICY, environment.clock());
  }

  @Override
  public Single<Resolution> resolve(Address address) {
    return byAddress
        .get(address)
        .<Resolution>map(account -> resolved(address, account))
        .defaultIfEmpty(new Unknown());
  }

  private static Resolved resolved(Address address, UserAccount account) {
    return new Resolved(new Recipient(account.id(), account.generation(), address), account);
  }

  @Override
  public void forget(Address address) {
    byAddress.forget(address);
    Disposable unused =
        readAddress(address)
            .filter(account -> mending.add(account.id()))
            .flatMapCompletable(this::mend)
            .subscribe(() -> {}, failure -> LOG.info("event=directory.mend outcome=failed"));
  }

  /** A late word about older addresses may have reached the mailbox last. */
  private Completable mend(UserAccount account) {
    return mailboxes.tell(account).doFinally(() -> mending.remove(account.id()));
  }

  @Override
  public Maybe<UserAccount> byName(String name) {
    try {
      return byAddress.get(AddressCanonicalizer.chat(name));
    } catch (InvalidAddressException nobodysName) {
      return Maybe.empty();
    }
  }

  @Override
  public Maybe<UserAccount> byId(UserId id) {
    return byId.get(id);
  }

  private Maybe<UserAccount> readAccount(UserId id) {
    return store
        .accounts()
        .get(id)
        .map(Stored::value)
        .filter(account -> account.state() == Account.State.ACTIVE)
        .map(account -> Draft.userAccount(id, account));
  }

  /** A claim counts only if its account is active and lists the address. */
  private Maybe<UserAccount> readAddress(Address address) {
    return store
        .claims()
        .get(address)
        .map(Stored::value)
        .filter(claim -> claim.state() == Claim.State.CLAIMED)
        .flatMap(claim -> readAccount(claim.user()))
        .filter(account -> account.addresses().contains(address));
  }

  @Override
  public Single<List<UserAccount>> list(Optional<UserId> after, int max) {
    if (max < 1 || max > PAGE) {
      throw new IllegalArgumentException("a listing has 1 to 1000 accounts, not " + max);
    }
    return accountsFrom(after, max)
        .filter(listed -> listed.account().state() == Account.State.ACTIVE)
        .map(listed -> Draft.userAccount(listed.user(), listed.account()))
        .take(max)
        .toList();
  }

  /** Page after page, read as they are asked for. */
  private Flowable<ListedAccount> accountsFrom(Optional<UserId> after, int page) {
    return store
        .listAccounts(after, page)
        .flatMapPublisher(
            these ->
                these.size() < page
                    ? Flowable.fromIterable(these)
                    : Flowable.fromIterable(these)
                        .concatWith(accountsAfter(these.get(page - 1), page)));
  }

  private Flowable<ListedAccount> accountsAfter(ListedAccount last, int page) {
    return Flowable.defer(() -> accountsFrom(Optional.of(last.user()), page));
  }

  @Override
  public Single<Creation> create(NewUser user, Optional<String> requestId) {
    requestId.ifPresent(StoredDirectory::checkRequestId);
    return Single.defer(() -> creation.create(user, requestId)).doOnSuccess(this::noteOutcome);
  }

  private static void checkRequestId(String id) {
    if (id.isEmpty() || id.length() > REQUEST_ID_CHARACTERS_MAX) {
      throw new IllegalArgumentException("a request id has 1 to 128 characters");
    }
  }

  private void remember(UserAccount account) {
    byId.put(account.id(), account);
    account.addresses().forEach(address -> byAddress.put(address, account));
  }

  private void noteOutcome(Creation outcome) {
    if (outcome instanceof Created created) {
      UserAccount account = created.account();
      remember(account);
      LOG.info(
          "event=directory.create user={} cell={} outcome=created repeated={}",
          account.id(),
          account.cell(),
          created.repeated());
    } else {
      String reason = outcome instanceof TryAgain again ? again.reason() : "";
      LOG.info(
          "event=directory.create outcome={} reason=\"{}\"",
          outcome.getClass().getSimpleName(),
          reason);
    }
  }

  @Override
  public Single<AddressChange> addAddress(UserId user, Address address) {
    return changes.add(user, address).doOnEvent((done, error) -> noteChange(user, address, done));
  }

  @Override
  public Single<AddressChange> removeAddress(UserId user, Address address) {
    return changes
        .remove(user, address)
        .doOnEvent((done, error) -> noteChange(user, address, done));
  }

  /** Also after a failure: some of it may be done. */
  private void noteChange(UserId user, Address address, @Nullable AddressChange done) {
    byAddress.forget(address);
    byId.forget(user);
    if (done instanceof Changed changed) {
      remember(changed.account());
    }
    LOG.info(
        "event=directory.addresses user={} kind={} outcome={}",
        user,
        address.kind(),
        done == null ? "Failed" : done.getClass().getSimpleName());
  }

  @Override
  public Completable sweep() {
    return accountsFrom(Optional.empty(), PAGE)
        .filter(listed -> listed.account().state() == Account.State.CREATING)
        .concatMapCompletable(listed -> sweep(listed.user()));
  }

  private Completable sweep(UserId user) {
    return store
        .accounts()
        .get(user)
        .filter(row -> row.value().state() == Account.State.CREATING)
        .map(row -> new Draft(user, row))
        .filter(draft -> draft.isDead(environment.clock().millis()))
        .doOnSuccess(draft -> LOG.warn("event=directory.sweep user={}", user))
        .flatMapCompletable(accounts::sweep);
  }
}
