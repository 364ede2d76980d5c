package io.tributary.loadtests.api;

import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.TokenScope;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The users that a run writes to: the demo users first, then as many of its own as are asked for.
 * Those are named {@code load-001} and so on, and stay for the next run.
 */
public final class Users {
  /** Their telephone numbers are this and five digits. */
  private static final String PHONE_PREFIX = "+120255";

  private static final int AT_ONCE = 16;

  private final Api api;

  public Users(Api api) {
    this.api = api;
  }

  /**
   * @param count at least 1, at most 10,000
   */
  public List<LoadUser> take(int count, List<LoadUser> demo) {
    List<LoadUser> users = new ArrayList<>(demo.subList(0, Math.min(count, demo.size())));
    String domain = domain(demo);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<LoadUser>> own =
          IntStream.rangeClosed(1, count - users.size())
              .mapToObj(number -> CompletableFuture.supplyAsync(() -> own(number, domain), threads))
              .toList();
      own.forEach(user -> users.add(result(user)));
      return users;
    } finally {
      threads.shutdownNow();
    }
  }

  private static LoadUser result(CompletableFuture<LoadUser> user) {
    try {
      return user.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof ApiException refused ? refused : failed;
    }
  }

  /** One more, whom no run writes to but those that ask for this name. */
  public LoadUser reader(List<LoadUser> demo) {
    return ensure("load-reader", domain(demo), PHONE_PREFIX + 10_000);
  }

  private static String domain(List<LoadUser> demo) {
    return demo.get(0).email().replaceFirst("^.*@", "");
  }

  /** One of our own, by number. */
  private LoadUser own(int number, String domain) {
    return ensure("load-%03d".formatted(number), domain, PHONE_PREFIX + (20_000 + number));
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
