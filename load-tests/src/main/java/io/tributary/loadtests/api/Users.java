package io.tributary.loadtests.api;

import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.TokenScope;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The users that a run writes to: the demo users first, then as many of its own as are asked for.
 * Those are named {@code load-001} and so on, and stay for the next run.
 */
public final class Users {
  /** Their telephone numbers are this and five digits. */
  private static final String PHONE_PREFIX = "+120255";

  private final Api api;

  public Users(Api api) {
    this.api = api;
  }

  /**
   * @param count at least 1, at most 10,000
   */
  public List<LoadUser> take(int count, List<LoadUser> demo) {
    List<LoadUser> users = new ArrayList<>(demo.subList(0, Math.min(count, demo.size())));
    String domain = demo.get(0).email().replaceFirst("^.*@", "");
    for (int i = 1; users.size() < count; i++) {
      users.add(ensure("load-%03d".formatted(i), domain, PHONE_PREFIX + (20_000 + i)));
    }
    return users;
  }

  private LoadUser ensure(String name, String domain, String phone) {
    String email = name + "@" + domain;
    try {
      api.call(
          DirectoryServiceGrpcClient.CreateUser,
          CreateUserRequest.newBuilder()
              .setName(name)
              .setEmail(email)
              .setPhone(phone)
              .setRequestId("load-tests " + name)
              .build());
    } catch (ApiException refused) {
      if (refused.status() != GrpcStatus.ALREADY_EXISTS) {
        throw refused;
      }
    }
    String token =
        api.call(
                DirectoryServiceGrpcClient.IssueToken,
                IssueTokenRequest.newBuilder().setUser(name).setScope(TokenScope.USER).build())
            .getToken();
    return new LoadUser(name, email, phone, token);
  }
}
