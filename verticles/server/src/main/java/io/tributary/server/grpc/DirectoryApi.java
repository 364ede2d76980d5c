package io.tributary.server.grpc;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.discovery.directory.Creation;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Resolution;
import io.tributary.discovery.directory.Tokens;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.server.api.Accounts;
import io.tributary.server.api.Caller;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.grpc.UserRequests.PageSizes;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcService;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.ListUsersRequest;
import io.tributary.v1.ListUsersResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.ResolveRequest;
import io.tributary.v1.User;
import io.vertx.grpc.server.Service;
import java.util.List;
import java.util.Optional;

/** {@code DirectoryService}: accounts, addresses and tokens. */
final class DirectoryApi {
  private static final PageSizes PAGES = new PageSizes(100, 1_000);
  private static final Field NAME = new Field("name");

  private final Directory directory;
  private final Tokens tokens;
  private final CellLocator locator;
  private final Accounts accounts;

  DirectoryApi(Directory directory, Tokens tokens, CellLocator locator) {
    this.directory = directory;
    this.tokens = tokens;
    this.locator = locator;
    this.accounts = new Accounts(directory);
  }

  Service service(Calls calls) {
    return Service.service(
            DirectoryServiceGrpcService.SERVICE_NAME,
            DirectoryServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(DirectoryServiceGrpcService.CreateUser, calls.unary(this::createUser))
        .bind(DirectoryServiceGrpcService.GetUser, calls.unary(this::getUser))
        .bind(DirectoryServiceGrpcService.ListUsers, calls.unary(this::listUsers))
        .bind(DirectoryServiceGrpcService.Resolve, calls.unary(this::resolve))
        .bind(DirectoryServiceGrpcService.Locate, calls.unary(this::locate))
        .bind(DirectoryServiceGrpcService.IssueToken, calls.unary(this::issueToken))
        .build();
  }

  private Single<User> createUser(Caller caller, CreateUserRequest request) {
    caller.mustBeOperator();
    return directory
        .create(UserRequests.newUser(request), UserRequests.requestId(request))
        .map(DirectoryApi::created);
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

  private Single<User> getUser(Caller caller, GetUserRequest request) {
    return accounts.visible(caller, NAME, request.getName()).map(UserMessages::user);
  }

  private Single<ListUsersResponse> listUsers(Caller caller, ListUsersRequest request) {
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

  private Single<User> resolve(Caller caller, ResolveRequest request) {
    caller.mustBeOperator();
    return directory
        .resolve(UserRequests.anyAddress(request.getAddress()))
        .map(DirectoryApi::resolved);
  }

  private static User resolved(Resolution resolution) {
    if (resolution instanceof Resolution.Resolved found) {
      return UserMessages.user(found.account());
    }
    throw Refusal.notFound("nobody has this address");
  }

  private Single<LocateResponse> locate(Caller caller, LocateRequest request) {
    return accounts
        .visible(caller, NAME, request.getName())
        .map(account -> UserMessages.location(account, locator.locate(account.id())));
  }

  private Single<IssueTokenResponse> issueToken(Caller caller, IssueTokenRequest request) {
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
}
