package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.directory.Creation.Created;
import io.tributary.discovery.directory.Creation.RequestIdReused;
import io.tributary.discovery.directory.Creation.TryAgain;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.Placement.Placed;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.Stored;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which account a creation is about. With a request id it is the account that the request's
 * row names: the first attempt draws it, all others find it there, so that they drive one account.
 * The row is bound to a new account only when the one it names is ABORTED, for ever.
 */
final class RequestedCreation {
  private static final int ACCOUNTS_MAX = 4;

  private final DirectoryStore store;
  private final AccountCreation accounts;
  private final Placement placement;
  private final DirectoryEnvironment environment;

  RequestedCreation(
      DirectoryStore store,
      AccountCreation accounts,
      Placement placement,
      DirectoryEnvironment environment) {
    this.store = store;
    this.accounts = accounts;
    this.placement = placement;
    this.environment = environment;
  }

  Single<Creation> create(NewUser wanted, Optional<String> requestId) {
    return requestId
        .map(id -> requested(new Request(id, wanted, contentOf(wanted)), 1))
        .orElseGet(() -> unrequested(wanted, 1))
        .onErrorResumeNext(RequestedCreation::tryAgain);
  }

  private record Request(String id, NewUser wanted, Bytes content) {}

  private static Single<Creation> tryAgain(Throwable error) {
    return error instanceof StorageUnavailableException away
        ? Single.just(new TryAgain("the directory's storage is away: " + away.getMessage()))
        : Single.error(error);
  }

  // Without a request id: a fresh account, given back at once when it comes to nothing.

  private Single<Creation> unrequested(NewUser wanted, int account) {
    Placed placed = placement.draw();
    return accounts
        .begin(placed.user(), placed.cell(), wanted)
        .flatMap(
            begun ->
                begun
                    ? driveAlone(placed.user())
                    : redraw(account, () -> unrequested(wanted, account + 1)));
  }

  private Single<Creation> driveAlone(UserId user) {
    return store
        .accounts()
        .get(user)
        .toSingle()
        .flatMap(
            row ->
                row.value().state() == Account.State.CREATING
                    ? finishAlone(new Draft(user, row))
                    : Single.just(new TryAgain("the creation was aborted")));
  }

  private Single<Creation> finishAlone(Draft draft) {
    return accounts
        .finish(draft)
        .onErrorResumeNext(RequestedCreation::tryAgain)
        .flatMap(
            result ->
                result instanceof TryAgain ? accounts.giveUp(draft, result) : Single.just(result));
  }

  // With a request id: the account its row names.

  private Single<Creation> requested(Request request, int account) {
    CreationRequest drawn = drawFor(request);
    return store
        .requests()
        .putIfAbsent(request.id(), drawn)
        .ignoreElement()
        .andThen(Single.defer(() -> follow(request, account)));
  }

  private Single<Creation> follow(Request request, int account) {
    return store
        .requests()
        .get(request.id())
        .toSingle()
        .flatMap(
            row ->
                row.value().content().equals(request.content())
                    ? drive(request, row, account)
                    : Single.just(new RequestIdReused()));
  }

  private Single<Creation> drive(Request request, Stored<CreationRequest> row, int account) {
    UserId user = row.value().user();
    return placement
        .cellOf(user)
        .map(cell -> accounts.begin(user, cell, request.wanted()).ignoreElement())
        .map(begun -> begun.andThen(store.accounts().get(user).toSingle()))
        .orElseGet(() -> Single.error(noCell()))
        .flatMap(found -> driveOn(request, row, found, account));
  }

  private Single<Creation> driveOn(
      Request request, Stored<CreationRequest> row, Stored<Account> found, int account) {
    UserId user = row.value().user();
    if (!isOf(request.wanted(), found.value())) {
      return rebind(request, row, account);
    }
    return switch (found.value().state()) {
      case CREATING -> accounts.finish(new Draft(user, found));
      case ACTIVE -> Single.just(new Created(Draft.userAccount(user, found.value()), true));
      case ABORTED -> rebind(request, row, account);
    };
  }

  private Single<Creation> rebind(Request request, Stored<CreationRequest> row, int account) {
    return redraw(
        account,
        () ->
            store
                .requests()
                .replace(request.id(), row, drawFor(request))
                .ignoreElement()
                .andThen(Single.defer(() -> follow(request, account + 1))));
  }

  private CreationRequest drawFor(Request request) {
    return new CreationRequest(
        placement.draw().user(), request.content(), environment.stamps().next());
  }

  private static Single<Creation> redraw(int account, Supplier<Single<Creation>> next) {
    return account >= ACCOUNTS_MAX
        ? Single.just(new TryAgain("the creation was aborted again and again"))
        : Single.defer(next::get);
  }

  private static boolean isOf(NewUser wanted, Account account) {
    return account.name().equals(wanted.name().value())
        && account.addresses().equals(wanted.addresses());
  }

  private static StorageUnavailableException noCell() {
    return StorageUnavailableException.notApplied("the new user's cell is not known yet");
  }

  /** SHA-256 of the name's address and all addresses, each ended by a line feed. */
  private static Bytes contentOf(NewUser wanted) {
    StringBuilder content = new StringBuilder(wanted.name().toString()).append('\n');
    wanted.addresses().forEach(address -> content.append(address).append('\n'));
    return Sha256.of(content.toString());
  }
}
