package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.api.ApiException;
import io.tributary.cli.api.FakeServer;
import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcService;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.User;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoUsersTest {
  @TempDir Path temporary;
  private final Map<String, User> directory = new LinkedHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile boolean away;
  private DataFolder folder = new DataFolder(Path.of(""));
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    folder = new DataFolder(temporary);
    Files.createDirectory(folder.secrets());
    server =
        new FakeServer()
            .answer(DirectoryServiceGrpcService.GetUser, this::get)
            .answer(DirectoryServiceGrpcService.CreateUser, this::create)
            .answer(DirectoryServiceGrpcService.IssueToken, this::issue);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void usersShouldBeMadeOnceAndTheirTokensKept() {
    List<Ready.User> first = users().ensure();
    List<Ready.User> again = users().ensure();

    assertThat(first)
        .containsExactly(
            new Ready.User("alice", "alice@mail.example", "+12025550101", "trb_1"),
            new Ready.User("bob", "bob@mail.example", "+12025550102", "trb_2"));
    assertThat(again).isEqualTo(first);
    assertThat(directory.keySet()).containsExactly("post", "alice", "bob");
  }

  @Test
  void tokenThatIsNoLongerInForceShouldBeReplaced() {
    users().ensure();
    Secrets.of(folder, Optional.empty()).keepUser("bob", "trb_revoked");

    assertThat(users().ensure()).extracting(Ready.User::token).containsExactly("trb_1", "trb_3");
  }

  @Test
  void nodeThatCanNotAnswerNowShouldBeAPassingFailureThatLosesNoToken() {
    List<Ready.User> before = users().ensure();
    away = true;

    assertThatThrownBy(() -> users().ensure())
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.isPassing()).isTrue());
    away = false;
    assertThat(users().ensure()).isEqualTo(before);
  }

  private DemoUsers users() {
    Secrets secrets = Secrets.of(folder, Optional.empty());
    return new DemoUsers(server.address(), secrets, "mail.example", "post");
  }

  private List<User> get(GetUserRequest request) {
    String token = server.tokens().get(server.tokens().size() - 1);
    if (away) {
      throw new FakeServer.Refused(GrpcStatus.UNAVAILABLE, "later");
    }
    if (token.equals("Bearer trb_revoked")) {
      throw new FakeServer.Refused(GrpcStatus.UNAUTHENTICATED, "no");
    }
    return Optional.ofNullable(directory.get(request.getName()))
        .map(List::of)
        .orElseThrow(() -> new FakeServer.Refused(GrpcStatus.NOT_FOUND, "nobody"));
  }

  private List<User> create(CreateUserRequest request) {
    assertThat(request.getRequestId()).isEqualTo("up-" + request.getName());
    User.Builder user = User.newBuilder().setName(request.getName());
    user.addAddresses("email:" + request.getEmail());
    if (!request.getPhone().isEmpty()) {
      user.addAddresses("sms:" + request.getPhone());
    }
    directory.put(request.getName(), user.build());
    return List.of(user.build());
  }

  private List<IssueTokenResponse> issue(IssueTokenRequest request) {
    String token = "trb_" + issued.incrementAndGet();
    return List.of(IssueTokenResponse.newBuilder().setToken(token).build());
  }
}
