package io.tributary.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.tributary.cli.Tributary;
import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Installation;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.ShellOutput;
import io.tributary.v1.AdminServiceGrpcService;
import io.tributary.v1.CellState;
import io.tributary.v1.Channel;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcService;
import io.tributary.v1.DownloadRawResponse;
import io.tributary.v1.GetRingResponse;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.ListCellsResponse;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListUsersResponse;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.MailboxServiceGrpcService;
import io.tributary.v1.Message;
import io.tributary.v1.Part;
import io.tributary.v1.PinUserResponse;
import io.tributary.v1.RingNode;
import io.tributary.v1.User;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiCommandsTest {
  private static final User ALICE =
      User.newBuilder()
          .setId("0123456789abcdef")
          .setName("alice")
          .addAddresses("chat:alice")
          .addAddresses("email:alice@example.com")
          .setCreatedAt(Timestamp.newBuilder().setSeconds(1_770_000_000))
          .build();
  private static final Message MESSAGE =
      Message.newBuilder()
          .setId("m/1")
          .setThread("t1")
          .setSeq(-1L)
          .setChannel(Channel.EMAIL)
          .setFrom("email:eve@elsewhere.example")
          .addTo("email:alice@example.com")
          .setSubject("hi \u001b[31m")
          .setText("one\ntwo\u001b]0;x\u0007")
          .setReceivedAt(Timestamp.newBuilder().setSeconds(1_770_000_000).setNanos(5_000_000))
          .addParts(Part.newBuilder().setContentType("image/png").setBytes(7))
          .build();

  @TempDir Path folder;
  private ShellOutput shell = new ShellOutput(Map.of());
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static final ListCellsResponse CELLS =
      ListCellsResponse.newBuilder()
          .addCells(CellState.newBuilder().setName("c1").setNodes(2).setTrouble("does not answer"))
          .addCells(CellState.newBuilder().setName("c2"))
          .build();

  @Test
  void messagesShouldBePrintedAsOneJsonObjectALineOverAllPages() {
    server.answer(MailboxServiceGrpcService.ListMessages, this::twoPages);

    assertThat(run("message", "list", "alice", "--json")).isZero();

    List<String> lines = shell.out().lines().toList();
    assertThat(lines).hasSize(2).isEqualTo(List.of(lines.get(0), lines.get(0)));
    assertThat(new JsonObject(lines.get(0)))
        .isEqualTo(
            new JsonObject(
                """
                {"id":"m/1","thread":"t1","seq":"18446744073709551615","channel":"EMAIL",
                 "from":"email:eve@elsewhere.example","to":["email:alice@example.com"],
                 "subject":"hi \\u001b[31m","text":"one\\ntwo\\u001b]0;x\\u0007",
                 "receivedAt":"2026-02-02T02:40:00.005Z","verified":false,
                 "parts":[{"index":0,"name":"","contentType":"image/png","bytes":"7"}],
                 "flags":[],"recipients":[],"deleted":false}
                """));
  }

  @Test
  void whatSendersWroteShouldNotReachTheTerminalAsControl() {
    server.answer(MailboxServiceGrpcService.ListMessages, asked -> List.of(page("")));
    server.answer(MailboxServiceGrpcService.GetMessage, asked -> List.of(MESSAGE));

    assertThat(run("message", "list", "alice")).isZero();
    assertThat(run("message", "show", "alice", "m/1")).isZero();

    assertThat(shell.out().chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
    assertThat(shell.out()).contains("hi ?[31m", "one\ntwo?]0;x?", "(not verified)", "image/png");
  }

  @Test
  void rawShouldBeByteForByte() throws IOException {
    byte[] raw = {'a', '\r', '\n', 0, (byte) 0xff, 0x1b};
    server.answer(
        MailboxServiceGrpcService.DownloadRaw,
        asked -> List.of(chunk(raw, 0, 3), chunk(raw, 3, 6)));

    assertThat(run("message", "raw", "alice", "m/1")).isZero();
    assertThat(shell.outBytes()).isEqualTo(raw);

    Path file = folder.resolve("raw.eml");
    assertThat(run("message", "raw", "alice", "m/1", "--out", file.toString())).isZero();
    assertThat(file).hasBinaryContent(raw);
  }

  @Test
  void rawOfAllShouldBeOneFileEachInsideTheFolder() {
    server.answer(MailboxServiceGrpcService.ListMessages, asked -> List.of(page("")));
    server.answer(
        MailboxServiceGrpcService.DownloadRaw, asked -> List.of(chunk(new byte[] {'x'}, 0, 1)));
    Path box = folder.resolve("box");

    assertThat(run("message", "raw", "alice", "--all", "--out", box.toString())).isZero();

    assertThat(box)
        .isDirectoryContaining(file -> file.getFileName().toString().endsWith("-m_1.eml"));
  }

  @Test
  void usersShouldBeAddedFromAFileWithStableRequestIds() throws IOException {
    List<CreateUserRequest> asked = new ArrayList<>();
    server.answer(
        DirectoryServiceGrpcService.CreateUser,
        request -> {
          asked.add(request);
          if (request.getName().equals("bob")) {
            throw new FakeServer.Refused(GrpcStatus.ALREADY_EXISTS, "sms:+1 is taken\n!");
          }
          return List.of(ALICE);
        });
    Path file = folder.resolve("users.csv");
    Files.writeString(
        file, "\uFEFFname,email,phone\n# us\nalice,alice@example.com\n\nbob,,+1\ncarol\n");

    assertThat(run("user", "add", "--from", file.toString())).isEqualTo(1);
    assertThat(run("user", "add", "--from", file.toString())).isEqualTo(1);

    assertThat(asked).extracting(CreateUserRequest::getName).startsWith("alice", "bob", "carol");
    assertThat(asked.subList(0, 3)).isEqualTo(asked.subList(3, 6));
    assertThat(shell.err())
        .contains(file + " line 5: user add: sms:+1 is taken !\n", "1 of 3 users were not added");
  }

  @Test
  void fileWithBadLinesShouldAddNobody() throws IOException {
    Path file = Files.writeString(folder.resolve("users.csv"), "alice\n,a@b.c\nd,e,f,g\n");

    assertThat(run("user", "add", "--from", file.toString())).isEqualTo(1);

    assertThat(shell.err()).contains("nothing was added").contains("line 2, line 3");
  }

  @Test
  void otherAnswersShouldBeShownInBothForms() {
    server
        .answer(DirectoryServiceGrpcService.GetUser, asked -> List.of(ALICE))
        .answer(DirectoryServiceGrpcService.Resolve, asked -> List.of(ALICE))
        .answer(
            DirectoryServiceGrpcService.ListUsers,
            asked -> List.of(ListUsersResponse.newBuilder().addUsers(ALICE).build()))
        .answer(
            DirectoryServiceGrpcService.Locate,
            asked ->
                List.of(
                    LocateResponse.newBuilder().setUser(ALICE).setCell("c1").setNode("n1").build()))
        .answer(
            DirectoryServiceGrpcService.IssueToken,
            asked -> List.of(IssueTokenResponse.newBuilder().setToken("trb_x").build()))
        .answer(
            AdminServiceGrpcService.GetRing,
            asked ->
                List.of(
                    GetRingResponse.newBuilder()
                        .setCell("c1")
                        .addNodes(RingNode.newBuilder().setNode("n1").setShare(1))
                        .build()))
        .answer(AdminServiceGrpcService.ListCells, asked -> List.of(CELLS))
        .answer(AdminServiceGrpcService.SetCellWeight, asked -> List.of(CELLS))
        .answer(
            AdminServiceGrpcService.PinUser,
            asked -> List.of(PinUserResponse.newBuilder().setCell("c2").build()));

    for (String line :
        List.of(
            "user show alice",
            "user show alice@example.com",
            "user list",
            "user locate alice",
            "token issue --user alice",
            "ring show",
            "ring show --cell c2",
            "cell list",
            "cell weight c2 50",
            "cell pin alice c2",
            "cell unpin alice")) {
      assertThat(run(line.split(" "))).as(line).isZero();
      assertThat(run((line + " --json").split(" "))).as(line).isZero();
    }
    assertThat(shell.out()).contains("email:alice@example.com", "100.0%", "trb_x\n", "{\"token\":");
    assertThat(shell.out()).contains("does not answer", "no node is up", "alice stays in cell c2");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void refusalShouldBeOneLineWithTheWayOut() {
    server.answer(
        MailboxServiceGrpcService.ListMessages,
        asked -> {
          throw new FakeServer.Refused(GrpcStatus.UNAUTHENTICATED, "no such\ntoken\u001b[2J");
        });

    assertThat(run("message", "list", "alice")).isEqualTo(1);

    assertThat(shell.err())
        .isEqualTo(
            "tributary: message list: no such token?[2J; give a valid token with --token or TRIBUTARY_TOKEN\n");
  }

  @Test
  void callWithoutAnswerShouldEndAtItsDeadline() {
    server.silent(MailboxServiceGrpcService.ListMessages);

    assertThat(run("message", "list", "alice", "--timeout", "1")).isEqualTo(1);

    assertThat(shell.err()).contains("no answer from", "within 1000 ms", "--timeout");
  }

  @Test
  void tokenShouldBeTheUsersElseTheOperators() throws IOException {
    server.answer(MailboxServiceGrpcService.ListMessages, asked -> List.of(page("")));
    ready(server.address());

    assertThat(runIn("message", "list", "alice")).isZero();
    assertThat(runIn("message", "list", "carol")).isZero();
    assertThat(runIn("message", "list", "alice", "--token", "trb_given")).isZero();
    shell = new ShellOutput(Map.of("TRIBUTARY_TOKEN", "trb_set"));
    assertThat(runIn("message", "list", "alice")).isZero();

    assertThat(server.tokens())
        .containsExactly(
            "Bearer trb_alice", "Bearer trb_operator", "Bearer trb_given", "Bearer trb_set");
  }

  @Test
  void tokenOfTheDataFolderShouldNotGoToAStranger() throws IOException {
    ready(new HostPort("10.0.0.1", 9));
    Installation installation = new Installation(new DataFolder(folder), shell.shell());

    assertThat(tokenFor(installation, new HostPort("192.0.2.1", 9))).isEmpty();
    assertThat(tokenFor(installation, new HostPort("10.0.0.1", 9))).contains("trb_alice");
    assertThat(tokenFor(installation, new HostPort("127.0.0.1", 9))).contains("trb_alice");
  }

  private static Optional<String> tokenFor(Installation installation, HostPort stranger) {
    return ApiOptions.ofFolder(installation, stranger, Optional.of("alice"));
  }

  @Test
  void missingInstallationShouldBeSaidWithTheWayOut() {
    assertThat(runIn("user", "list")).isEqualTo(1);

    assertThat(shell.err())
        .startsWith("tributary: Tributary isn't running on " + folder)
        .contains("`./tributary up --data " + folder + "`");
  }

  private List<ListMessagesResponse> twoPages(ListMessagesRequest asked) {
    return List.of(page(asked.getPageToken().isEmpty() ? "next" : ""));
  }

  private static ListMessagesResponse page(String next) {
    return ListMessagesResponse.newBuilder().addMessages(MESSAGE).setNextPageToken(next).build();
  }

  private static DownloadRawResponse chunk(byte[] raw, int from, int to) {
    return DownloadRawResponse.newBuilder()
        .setData(ByteString.copyFrom(raw, from, to - from))
        .build();
  }

  private void ready(HostPort grpc) throws IOException {
    HostPort other = new HostPort("127.0.0.1", 1);
    Ready ready =
        new Ready(
            new Ready.Faces(other, other, grpc, other),
            "http://" + other,
            "trb_operator",
            new Ready.Sms("ACdemo", "x"),
            List.of(new Ready.User("alice", "alice@example.com", "", "trb_alice")));
    Path file = new DataFolder(folder).readyFile();
    Files.createDirectories(file.getParent());
    Files.writeString(file, ready.json());
  }

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--grpc", server.address().toString()));
    return runIn(line.toArray(String[]::new));
  }

  private int runIn(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", folder.toString()));
    return Tributary.run(shell.shell(), line.toArray(String[]::new));
  }
}
