package io.tributary.cli.up;

import io.tributary.cli.api.Api;
import io.tributary.cli.api.ApiException;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.HostPort;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.TokenScope;
import io.tributary.v1.User;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the demo users and the postmaster if they aren't there, and a token for each demo user.
 * Doing it again changes nothing: users are created under a fixed request id, and a token that is
 * kept and still valid is used again.
 */
final class DemoUsers {
  private static final Duration CALL_MAX = Duration.ofSeconds(5);
  private static final String ALICE_PHONE = "+12025550101";
  private static final String BOB_PHONE = "+12025550102";

  private final HostPort grpc;
  private final Secrets secrets;
  private final String domain;
  private final String postmaster;
  private final Optional<Path> ca;

  DemoUsers(HostPort grpc, Secrets secrets, String domain, String postmaster) {
    this(grpc, secrets, domain, postmaster, Optional.empty());
  }

  /**
   * @param ca whom to trust, if the node encrypts
   */
  DemoUsers(HostPort grpc, Secrets secrets, String domain, String postmaster, Optional<Path> ca) {
    this.ca = ca;
    this.grpc = grpc;
    this.secrets = secrets;
    this.domain = domain;
    this.postmaster = postmaster;
  }

  /**
   * One attempt.
   *
   * @throws ApiException if the node refuses, or can't do it at the moment
   */
  List<Ready.User> ensure() {
    try (Api api = new Api(grpc, Optional.of(secrets.operator()), CALL_MAX, ca)) {
      User post = ensure(api, postmaster, "");
      assert post.isInitialized();
      List<Ready.User> users = new ArrayList<>();
      users.add(withToken(api, ensure(api, "alice", ALICE_PHONE)));
      users.add(withToken(api, ensure(api, "bob", BOB_PHONE)));
      return users;
    }
  }

  private User ensure(Api api, String name, String phone) {
    try {
      return get(api, name);
    } catch (ApiException refused) {
      if (refused.status() != GrpcStatus.NOT_FOUND) {
        throw refused;
      }
      return api.call(
          DirectoryServiceGrpcClient.CreateUser,
          CreateUserRequest.newBuilder()
              .setName(name)
              .setEmail(name + "@" + domain)
              .setPhone(phone)
              .setRequestId("up-" + name)
              .build());
    }
  }

  private Ready.User withToken(Api api, User user) {
    String name = user.getName();
    String token =
        secrets.user(name).filter(kept -> isValid(name, kept)).orElseGet(() -> issue(api, name));
    return new Ready.User(name, address(user, "email:"), address(user, "sms:"), token);
  }

  private boolean isValid(String name, String token) {
    try (Api asUser = new Api(grpc, Optional.of(token), CALL_MAX, ca)) {
      return get(asUser, name).getName().equals(name);
    } catch (ApiException refused) {
      if (refused.isPassing()) {
        throw refused;
      }
      return false;
    }
  }

  private String issue(Api api, String name) {
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder().setUser(name).setScope(TokenScope.USER).build();
    String token = api.call(DirectoryServiceGrpcClient.IssueToken, request).getToken();
    secrets.keepUser(name, token);
    return token;
  }

  private static User get(Api api, String name) {
    return api.call(
        DirectoryServiceGrpcClient.GetUser, GetUserRequest.newBuilder().setName(name).build());
  }

  private static String address(User user, String kind) {
    return user.getAddressesList().stream()
        .filter(address -> address.startsWith(kind))
        .map(address -> address.substring(kind.length()))
        .findFirst()
        .orElse("");
  }
}
