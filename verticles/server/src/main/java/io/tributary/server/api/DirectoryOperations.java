package io.tributary.server.api;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.discovery.directory.AddressChange;
import io.tributary.discovery.directory.Creation;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Resolution;
import io.tributary.discovery.directory.Tokens;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.api.UserRequests.PageSizes;
import io.tributary.v1.AddAddressRequest;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.ListUsersRequest;
import io.tributary.v1.ListUsersResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.RemoveAddressRequest;
import io.tributary.v1.ResolveRequest;
import io.tributary.v1.RevokeTokenRequest;
import io.tributary.v1.RevokeTokenResponse;
import io.tributary.v1.User;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code DirectoryService}: accounts, addresses and tokens, whichever face they come through. All
 * signal {@link Refusal} and whatever storage signals. Safe for any thread.
 */
public final class DirectoryOperations {
  private static final PageSizes PAGES = new PageSizes(100, 1_000);
  private static final Field NAME = new Field("name");
  private static final Field ADDRESS = new Field("address");

  private final Directory directory;
  private final Tokens tokens;
  private final Places places;
  private final Accounts accounts;

  /**
   * Where mailboxes are served, as this process knows it.
   *
   * @param rings by cell; the empty one for a cell that isn't known
   */
  public record Places(CellLocator locator, Function<String, Ring> rings) {}

  public DirectoryOperations(Directory directory, Tokens tokens, Places places) {
    this.directory = directory;
    this.tokens = tokens;
    this.places = places;
    this.accounts = new Accounts(directory);
  }

  public Single<User> createUser(Caller caller, CreateUserRequest request) {
    caller.mustBeOperator();
    return directory
        .create(UserRequests.newUser(request), UserRequests.requestId(request.getRequestId()))
        .map(DirectoryOperations::created);
  }

  private static User created(Creation creation) {
    if (creation instanceof Creation.Created created) {
      return UserMessages.user(created.account());
    }
    if (creation instanceof Creation.AddressTaken taken) {
      throw Refusal.taken("the address " + taken.address() + " is taken");
    }
    if (creation instanceof Creation.TryAgain again) {
      throw Refusal.retry(again.reason());
    }
    throw Refusal.idReused("request_id: was used for another user");
  }

  public Single<User> getUser(Caller caller, GetUserRequest request) {
    return accounts.visible(caller, NAME, request.getName()).map(UserMessages::user);
  }

  public Single<ListUsersResponse> listUsers(Caller caller, ListUsersRequest request) {
    caller.mustBeOperator();
    int size = UserRequests.pageSize(request.getPageSize(), PAGES);
    return directory
        .list(UserRequests.after(request.getPageToken()), size)
        .map(found -> page(found, size));
  }

  private static ListUsersResponse page(List<UserAccount> found, int size) {
    ListUsersResponse.Builder page = ListUsersResponse.newBuilder();
    found.forEach(account -> page.addUsers(UserMessages.user(account)));
    if (found.size() == size) {
      page.setNextPageToken(found.get(size - 1).id().toString());
    }
    return page.build();
  }

  public Single<User> resolve(Caller caller, ResolveRequest request) {
    caller.mustBeOperator();
    return directory
        .resolve(UserRequests.anyAddress(ADDRESS, request.getAddress()))
        .map(DirectoryOperations::resolved);
  }

  private static User resolved(Resolution resolution) {
    if (resolution instanceof Resolution.Resolved found) {
      return UserMessages.user(found.account());
    }
    throw Refusal.notFound("nobody has this address");
  }

  public Single<LocateResponse> locate(Caller caller, LocateRequest request) {
    return accounts.visible(caller, NAME, request.getName()).map(this::located);
  }

  private LocateResponse located(UserAccount account) {
    Location location = places.locator().locate(account.id());
    Ring ring = places.rings().apply(location.cell());
    return UserMessages.location(account, location).toBuilder()
        .setNodeReason(NodeReasons.of(account.id(), location, ring))
        .build();
  }

  public Single<IssueTokenResponse> issueToken(Caller caller, IssueTokenRequest request) {
    caller.mustBeOperator();
    return switch (UserRequests.scope(request)) {
      case OPERATOR -> issued(Scope.OPERATOR, Optional.empty());
      case USER ->
          accounts
              .visible(caller, new Field("user"), request.getUser())
              .flatMap(account -> issued(Scope.USER, Optional.of(account)));
    };
  }

  private Single<IssueTokenResponse> issued(Scope scope, Optional<UserAccount> user) {
    return tokens
        .issue(scope, user.map(UserAccount::id))
        .map(token -> IssueTokenResponse.newBuilder().setToken(token).build());
  }

  public Single<User> addAddress(Caller caller, AddAddressRequest request) {
    caller.mustBeOperator();
    Address address = UserRequests.anyAddress(ADDRESS, request.getAddress());
    return accounts
        .visible(caller, NAME, request.getName())
        .flatMap(account -> directory.addAddress(account.id(), address))
        .map(DirectoryOperations::changed);
  }

  public Single<User> removeAddress(Caller caller, RemoveAddressRequest request) {
    caller.mustBeOperator();
    Address address = UserRequests.anyAddress(ADDRESS, request.getAddress());
    return accounts
        .visible(caller, NAME, request.getName())
        .flatMap(account -> directory.removeAddress(account.id(), address))
        .map(DirectoryOperations::changed);
  }

  private static User changed(AddressChange change) {
    if (change instanceof AddressChange.Changed changed) {
      return UserMessages.user(changed.account());
    }
    if (change instanceof AddressChange.Taken) {
      throw Refusal.taken("somebody else has this address, or had it less than 30 days ago");
    }
    if (change instanceof AddressChange.NoSuchUser) {
      throw Refusal.notFound("no user has this name");
    }
    if (change instanceof AddressChange.NotTheirs) {
      throw Refusal.notFound("the user does not have this address");
    }
    throw change instanceof AddressChange.Refused refused
        ? Refusal.invalid(ADDRESS, refused.rule())
        : Refusal.retry(((AddressChange.TryAgain) change).reason());
  }

  public Single<RevokeTokenResponse> revokeToken(Caller caller, RevokeTokenRequest request) {
    String token = request.getToken();
    if (token.isEmpty()) {
      throw Refusal.invalid(new Field("token"), "is needed");
    }
    return mayRevoke(caller, token)
        .andThen(Single.defer(() -> tokens.revoke(token)))
        .map(revoked -> RevokeTokenResponse.newBuilder().setRevoked(revoked).build());
  }

  /** An operator may revoke any token, a user their own; one that is not in force is nobody's. */
  private Completable mayRevoke(Caller caller, String token) {
    return caller instanceof Caller.User user
        ? tokens
            .check(token)
            .filter(grant -> !grant.user().equals(Optional.of(user.id())))
            .flatMapCompletable(
                others -> Completable.error(Refusal.forbidden("this is not a token of yours")))
        : Completable.complete();
  }
}
