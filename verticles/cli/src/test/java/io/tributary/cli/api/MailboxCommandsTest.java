package io.tributary.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tributary.cli.Tributary;
import io.tributary.cli.shell.ShellOutput;
import io.tributary.server.testing.TestCertificate;
import io.tributary.v1.AddAddressRequest;
import io.tributary.v1.Contact;
import io.tributary.v1.DirectoryServiceGrpcService;
import io.tributary.v1.DownloadPartResponse;
import io.tributary.v1.Folder;
import io.tributary.v1.ListContactsResponse;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListThreadsResponse;
import io.tributary.v1.Mailbox;
import io.tributary.v1.MailboxServiceGrpcService;
import io.tributary.v1.Message;
import io.tributary.v1.RevokeTokenResponse;
import io.tributary.v1.SendRequest;
import io.tributary.v1.SetContactRequest;
import io.tributary.v1.Thread;
import io.tributary.v1.User;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change a mailbox, and those over an encrypted connection. */
class MailboxCommandsTest {
  private static final Message SENT =
      Message.newBuilder().setId("m1").setThread("t1").setSeq(512).setText("hi").build();

  @TempDir Path folder;
  private final ShellOutput shell = new ShellOutput(Map.of());
  private final List<SendRequest> sends = new ArrayList<>();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of(
            "--grpc",
            server.address().toString(),
            "--data",
            folder.toString(),
            "--token",
            "trb_x",
            "--timeout",
            "5"));
    return Tributary.run(shell.shell(), line.toArray(String[]::new));
  }

  @Test
  void aMessageShouldBeSentAsTheUserWithAnIdOfItsOwn() {
    server.answer(
        MailboxServiceGrpcService.Send,
        asked -> {
          sends.add(asked);
          return List.of(SENT);
        });

    assertThat(run("message", "send", "--from", "alice", "--to", "bob,carol", "--text", "hi"))
        .isZero();
    assertThat(
            run("message", "send", "--from", "alice", "--thread", "t1", "--text", "hi", "--json"))
        .isZero();

    assertThat(sends.get(0).getUser()).isEqualTo("alice");
    assertThat(sends.get(0).getToList()).containsExactly("bob", "carol");
    assertThat(sends.get(1).getThread()).isEqualTo("t1");
    assertThat(sends.get(0).getRequestId()).isNotEmpty().isNotEqualTo(sends.get(1).getRequestId());
    assertThat(shell.out()).contains("sent m1 in thread t1").contains("\"id\":\"m1\"");
  }

  @Test
  void aSendThatMayHaveArrivedShouldSayHowToRepeatIt() {
    server.answer(
        MailboxServiceGrpcService.Send,
        asked -> {
          sends.add(asked);
          throw new FakeServer.Refused(GrpcStatus.UNAVAILABLE, "busy");
        });

    assertThat(run("message", "send", "--from", "alice", "--to", "bob", "--text", "hi"))
        .isEqualTo(1);

    assertThat(shell.err()).contains("--request-id " + sends.get(0).getRequestId());
  }

  @Test
  void wrongUseShouldBeTwo() {
    assertThat(run("message", "send", "--from", "alice", "--text", "hi")).isEqualTo(2);
    assertThat(run("message", "send", "--from", "a", "--to", "b", "--thread", "t", "--text", "hi"))
        .isEqualTo(2);
    assertThat(run("message", "part", "alice", "m1", "-1")).isEqualTo(2);
    assertThat(run("contact", "add", "alice")).isEqualTo(2);
    assertThat(run("thread", "list", "alice", "--folder", "nowhere")).isEqualTo(2);
    assertThat(run("user", "address")).isEqualTo(2);
  }

  @Test
  void threadsShouldBeListedAndFiltered() {
    List<ListThreadsRequest> asked = new ArrayList<>();
    server.answer(
        MailboxServiceGrpcService.ListThreads,
        request -> {
          asked.add(request);
          return List.of(
              ListThreadsResponse.newBuilder()
                  .addThreads(
                      Thread.newBuilder()
                          .setId("t1")
                          .addParticipants("chat:bob")
                          .setSnippet("hello\u001b[31m")
                          .setFolder(Folder.OTHER))
                  .build());
        });

    assertThat(run("thread", "list", "alice", "--folder", "other", "--flag", "work", "--unread"))
        .isZero();

    assertThat(asked.get(0).getFolder()).isEqualTo(Folder.OTHER);
    assertThat(asked.get(0).getFlag()).isEqualTo("work");
    assertThat(asked.get(0).getUnreadOnly()).isTrue();
    assertThat(shell.out()).contains("chat:bob", "hello?[31m", "OTHER", "t1");
  }

  @Test
  void contactsShouldBeAddedLinkedAndRemoved() {
    List<SetContactRequest> set = new ArrayList<>();
    server.answer(
        MailboxServiceGrpcService.SetContact,
        request -> {
          set.add(request);
          return List.of(
              Contact.newBuilder().setId("c1").addAllAddresses(request.getAddressesList()).build());
        });
    server.answer(
        MailboxServiceGrpcService.ListContacts,
        request ->
            List.of(
                ListContactsResponse.newBuilder()
                    .addContacts(
                        Contact.newBuilder()
                            .setId("c1")
                            .setName("Carol")
                            .addAddresses("email:carol@example.net"))
                    .build()));

    assertThat(run("contact", "add", "alice", "carol@example.net", "--name", "Carol")).isZero();
    assertThat(run("contact", "list", "alice")).isZero();
    assertThat(run("contact", "link", "alice", "c1", "+12025550199")).isZero();
    assertThat(run("contact", "remove", "alice", "c1")).isZero();
    assertThat(run("contact", "link", "alice", "c2", "+12025550199")).isEqualTo(1);

    assertThat(set).hasSize(3);
    assertThat(set.get(0).getName()).isEqualTo("Carol");
    assertThat(set.get(1).getId()).isEqualTo("c1");
    assertThat(set.get(1).getAddressesList())
        .containsExactly("email:carol@example.net", "+12025550199");
    assertThat(set.get(2).getAddressesList()).isEmpty();
    assertThat(shell.out()).contains("Carol", "email:carol@example.net");
  }

  @Test
  void aPartShouldBeSavedByteForByte() throws Exception {
    server.answer(
        MailboxServiceGrpcService.DownloadPart,
        request ->
            List.of(
                DownloadPartResponse.newBuilder()
                    .setData(ByteString.copyFrom(new byte[] {0, 27, -1}))
                    .build(),
                DownloadPartResponse.newBuilder()
                    .setData(ByteString.copyFrom(new byte[] {7}))
                    .build()));
    Path out = folder.resolve("part.bin");

    assertThat(run("message", "part", "alice", "m1", "0", "--out", out.toString())).isZero();

    assertThat(Files.readAllBytes(out)).containsExactly(0, 27, -1, 7);
  }

  @Test
  void figuresAddressesAndTokensShouldBeShown() {
    server.answer(
        MailboxServiceGrpcService.GetMailbox,
        request -> List.of(Mailbox.newBuilder().setUser("alice").setUnread(3).build()));
    List<AddAddressRequest> added = new ArrayList<>();
    server.answer(
        DirectoryServiceGrpcService.AddAddress,
        request -> {
          added.add(request);
          return List.of(
              User.newBuilder().setName("alice").addAddresses("sms:+12025550177").build());
        });
    server.answer(
        DirectoryServiceGrpcService.RemoveAddress,
        request -> List.of(User.newBuilder().setName("alice").build()));
    server.answer(
        DirectoryServiceGrpcService.RevokeToken,
        request ->
            List.of(
                RevokeTokenResponse.newBuilder()
                    .setRevoked(request.getToken().equals("trb_a"))
                    .build()));

    assertThat(run("mailbox", "show", "alice")).isZero();
    assertThat(run("user", "address", "add", "alice", "+12025550177")).isZero();
    assertThat(run("user", "address", "remove", "alice", "+12025550177", "--json")).isZero();
    assertThat(run("token", "revoke", "trb_a")).isZero();
    assertThat(run("token", "revoke", "trb_b")).isEqualTo(1);

    assertThat(added.get(0).getAddress()).isEqualTo("+12025550177");
    assertThat(shell.out()).contains("unread", "3", "sms:+12025550177", "revoked");
  }

  @Test
  void anEncryptedServerShouldBeReachedWithItsCertificateOnly() throws Exception {
    TestCertificate pair = TestCertificate.in(folder);
    server.close();
    server =
        new FakeServer(
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(pair.certificate().toString())
                        .addKeyPath(pair.key().toString())));
    server.answer(
        MailboxServiceGrpcService.GetMailbox,
        request -> List.of(Mailbox.newBuilder().setUser("alice").build()));

    assertThat(run("mailbox", "show", "alice", "--ca", pair.certificate().toString())).isZero();
    assertThat(run("mailbox", "show", "alice")).isEqualTo(1);
    assertThat(run("mailbox", "show", "alice", "--ca", folder.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(shell.err()).contains("--ca: can't read");
  }
}
