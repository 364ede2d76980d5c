package io.tributary.server.testing;

import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.TokenScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Users made for a test, with names that no other test has. */
public final class People {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicInteger PHONES = new AtomicInteger(500);

  private final GrpcCaller grpc;

  public People(GrpcCaller grpc) {
    this.grpc = grpc;
  }

  /** A user with a mail address and a token. */
  public record Person(String name, String email, String token) {}

  /** A telephone number. */
  public static String newPhone() {
    long pid = ProcessHandle.current().pid() % 10_000_000;
    return "+1%07d%03d".formatted(pid, PHONES.incrementAndGet());
  }

  public static String newName() {
    return "p" + ProcessHandle.current().pid() + "x" + NAMES.incrementAndGet();
  }

  public Person person() {
    return person("");
  }

  /** With a telephone number that nobody else has. */
  public Person person(String phone) {
    String name = newName();
    String email = name + "@example.com";
    var create =
        CreateUserRequest.newBuilder().setName(name).setEmail(email).setPhone(phone).build();
    grpc.call(DirectoryServiceGrpcClient.CreateUser, create, RunningNode.OPERATOR).only();
    var issue = IssueTokenRequest.newBuilder().setUser(name).setScope(TokenScope.USER).build();
    String token =
        grpc.call(DirectoryServiceGrpcClient.IssueToken, issue, RunningNode.OPERATOR)
            .only()
            .getToken();
    return new Person(name, email, token);
  }

  /** All messages of the first page. */
  public List<Message> messages(Person person) {
    var request = ListMessagesRequest.newBuilder().setUser(person.name()).setPageSize(200).build();
    ListMessagesResponse page =
        grpc.call(MailboxServiceGrpcClient.ListMessages, request, person.token()).only();
    return page.getMessagesList();
  }
}
