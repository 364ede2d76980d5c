package io.tributary.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.v1.AddAddressRequest;
import io.tributary.v1.Change;
import io.tributary.v1.Contact;
import io.tributary.v1.DeleteRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.DownloadPartRequest;
import io.tributary.v1.DownloadPartResponse;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.ListContactsRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.ModifyRequest;
import io.tributary.v1.RemoveAddressRequest;
import io.tributary.v1.RevokeTokenRequest;
import io.tributary.v1.SearchRequest;
import io.tributary.v1.SendRequest;
import io.tributary.v1.SetContactRequest;
import io.tributary.v1.UndoRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes a mailbox or an account, and the newer reads, over gRPC. */
class GrpcMailboxTest {
  private static final MessageId MESSAGE = ApiFixture.MESSAGE;
  private static final Position DONE_AT = Position.of(9, 1);

  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx);
  private GrpcCaller client = new GrpcCaller(vertx, 1);

  @BeforeEach
  void deploy() {
    GrpcVerticle testee =
        new GrpcVerticle(
            new GrpcVerticle.Listen("127.0.0.1", 0, Duration.ZERO, new HttpServerOptions()),
            GrpcServices.of(
                api.services(), new CallLog(new SimpleMeterRegistry(), new SplittableRandom(1))),
            () -> true,
            () -> {});
    vertx.deployVerticle(testee).await();
    client = new GrpcCaller(vertx, testee.boundPort());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aSentMessageShouldBeReadBackWhereItWasCommitted() {
    api.commandsAreDoneAt(DONE_AT);
    SendRequest request =
        SendRequest.newBuilder()
            .setUser("alice")
            .addTo("bob")
            .addTo("carol@elsewhere.example")
            .setSubject("S")
            .setText("hi")
            .setDevice("phone")
            .setRequestId("r1")
            .build();

    Message sent = client.call(MailboxServiceGrpcClient.Send, request, api.alices).only();

    assertThat(sent.getText()).isEqualTo("Text");
    Command.Send command = (Command.Send) command();
    assertThat(command.client().device()).isEqualTo("phone");
    assertThat(command.client().id()).isEqualTo("r1");
    assertThat(command.text()).isEqualTo("hi");
    assertThat(command.targets())
        .extracting(Command.Target::address)
        .containsExactly(Address.parse("chat:bob"), Address.parse("email:carol@elsewhere.example"));
    assertThat(api.asked)
        .anyMatch(
            asked ->
                asked instanceof MailboxRequest.GetMessage read
                    && read.id().equals(new MessageId(api.alice.id(), DONE_AT)));
  }

  @Test
  void whatCantBeSentShouldNameItsField() {
    SendRequest good = SendRequest.newBuilder().setUser("alice").addTo("bob").setText("hi").build();
    refused(good.toBuilder().clearText(), "text:");
    refused(good.toBuilder().setText("x".repeat(65_537)), "text:");
    refused(good.toBuilder().clearTo(), "to:");
    refused(good.toBuilder().setThread(MESSAGE.toString()), "to:");
    refused(good.toBuilder().clearTo().setThread("x"), "thread:");
    refused(good.toBuilder().addTo("not an address @"), "to:");
    refused(good.toBuilder().addTo("nobody-here@example.com"), "to:");
    refused(good.toBuilder().setSubject("x".repeat(1_001)), "subject:");
    refused(good.toBuilder().setDevice("x".repeat(65)), "device:");
    refused(good.toBuilder().setRequestId("x".repeat(129)), "request_id:");
    refused(good.toBuilder().clearUser(), "user:");
    SendRequest.Builder many = good.toBuilder();
    for (int i = 0; i < 1_001; i++) {
      many.addTo("u" + i + "@elsewhere.example");
    }
    refused(many, "to:");
  }

  private void refused(SendRequest.Builder request, String beginning) {
    Answer<Message> answer =
        client.call(MailboxServiceGrpcClient.Send, request.build(), api.alices);
    assertThat(answer.status()).as(beginning).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.statusMessage()).startsWith(beginning);
  }

  @Test
  void sendsWithoutAnIdShouldEachHaveTheirOwn() {
    api.commandsAreDoneAt(DONE_AT);
    SendRequest request =
        SendRequest.newBuilder().setUser("alice").addTo("bob").setText("hi").build();
    client.call(MailboxServiceGrpcClient.Send, request, api.alices).only();
    String first = ((Command.Send) command()).client().id();
    client.call(MailboxServiceGrpcClient.Send, request, api.alices).only();

    assertThat(((Command.Send) command()).client().id()).isNotEqualTo(first);
  }

  @Test
  void outcomesOfCommandsShouldHaveTheirStatus() {
    assertThat(deleted(new CommandOutcome.Done(DONE_AT, true))).isEqualTo(GrpcStatus.OK);
    assertThat(deleted(new CommandOutcome.IdReused())).isEqualTo(GrpcStatus.ALREADY_EXISTS);
    assertThat(deleted(new CommandOutcome.NoSuch("thread"))).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(deleted(new CommandOutcome.Invalid("x: y"))).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(deleted(new CommandOutcome.Retry("away"))).isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(deleted(new CommandOutcome.NotHere())).isEqualTo(GrpcStatus.UNAVAILABLE);
  }

  private GrpcStatus deleted(CommandOutcome outcome) {
    api.mailbox = request -> Optional.of(outcome);
    DeleteRequest request =
        DeleteRequest.newBuilder().setUser("alice").setThread(MESSAGE.toString()).build();
    return client.call(MailboxServiceGrpcClient.Delete, request, api.alices).status();
  }

  @Test
  void aModificationShouldBeOneCommandForMarksAndOneForReading() {
    api.commandsAreDoneAt(DONE_AT);
    ModifyRequest request =
        ModifyRequest.newBuilder()
            .setUser("alice")
            .setThread(MESSAGE.toString())
            .addAddFlags("work")
            .addRemoveFlags("later")
            .setFolder(io.tributary.v1.Folder.ARCHIVE)
            .setReadSeq(512)
            .setRequestId("r1")
            .build();

    Change change = client.call(MailboxServiceGrpcClient.Modify, request, api.alices).only();

    assertThat(change.getSeq()).isEqualTo(DONE_AT.value());
    Command.Modify modify = (Command.Modify) command();
    assertThat(modify.scope().thread()).contains(MESSAGE);
    assertThat(modify.edit())
        .isEqualTo(
            new Command.Edit(
                List.of("work"), List.of("later"), Optional.of(Folder.ARCHIVE), Optional.empty()));
    List<Command> commands = commands();
    assertThat(commands.get(0)).isInstanceOf(Command.MarkRead.class);
    assertThat(((Command.MarkRead) commands.get(0)).upTo()).isEqualTo(new Position(512));
    assertThat(commands.get(0).request().key()).isNotEqualTo(modify.request().key());
  }

  @Test
  void theSameRequestShouldHaveTheSameKeyAndContentAndAnotherNot() {
    api.commandsAreDoneAt(DONE_AT);
    DeleteRequest request =
        DeleteRequest.newBuilder()
            .setUser("alice")
            .setThread(MESSAGE.toString())
            .setRequestId("r1")
            .build();
    Command.Request first = deleted(request);
    assertThat(deleted(request.toBuilder().setUser("Alice").build())).isEqualTo(first);
    Command.Request other =
        deleted(request.toBuilder().clearThread().addMessages(MESSAGE.toString()).build());
    assertThat(other.key()).isEqualTo(first.key());
    assertThat(other.content()).isNotEqualTo(first.content());
    assertThat(deleted(request.toBuilder().setRequestId("r2").build()).key())
        .isNotEqualTo(first.key());
    assertThat(deleted(request.toBuilder().clearRequestId().build()).key()).isEmpty();
    UndoRequest undo =
        UndoRequest.newBuilder().setUser("alice").setSeq(5).setRequestId("r1").build();
    client.call(MailboxServiceGrpcClient.Undo, undo, api.alices).only();
    assertThat(command().request().key()).isEqualTo(first.key());
    assertThat(command().request().content()).isNotEqualTo(first.content());
    assertThat(first.key().orElseThrow().length()).isBetween(1, 64);
    assertThat(first.content().length()).isEqualTo(16);
  }

  private Command.Request deleted(DeleteRequest request) {
    client.call(MailboxServiceGrpcClient.Delete, request, api.alices).only();
    return command().request();
  }

  @Test
  void badFieldsOfChangesShouldBeNamed() {
    ModifyRequest good =
        ModifyRequest.newBuilder()
            .setUser("alice")
            .setThread(MESSAGE.toString())
            .addAddFlags("x")
            .build();
    invalid(good.toBuilder().clearThread(), "thread:");
    invalid(good.toBuilder().addMessages(MESSAGE.toString()), "thread:");
    invalid(good.toBuilder().clearAddFlags(), "add_flags:");
    invalid(good.toBuilder().addAddFlags("Not a flag"), "add_flags:");
    invalid(good.toBuilder().addAddFlags("x".repeat(33)), "add_flags:");
    invalid(good.toBuilder().addRemoveFlags("x"), "remove_flags:");
    invalid(good.toBuilder().setFolderValue(99), "folder:");
    invalid(good.toBuilder().setReadSeq(-1), "read_seq:");
    ModifyRequest.Builder messages = good.toBuilder().clearThread().addMessages(MESSAGE.toString());
    invalid(messages.clone().setFolder(io.tributary.v1.Folder.JUNK), "folder:");
    invalid(messages.clone().setReadSeq(5), "read_seq:");
    invalid(messages.clone().addMessages("x"), "messages:");
    for (int i = 0; i < 100; i++) {
      messages.addMessages(MESSAGE.toString());
    }
    invalid(messages, "messages:");
    named(MailboxServiceGrpcClient.Undo, UndoRequest.newBuilder().setUser("alice").build(), "seq:");
    SetContactRequest contact = SetContactRequest.newBuilder().setUser("alice").build();
    named(MailboxServiceGrpcClient.SetContact, contact, "addresses:");
    named(MailboxServiceGrpcClient.SetContact, contact.toBuilder().setId("x").build(), "id:");
    named(
        MailboxServiceGrpcClient.SetContact,
        contact.toBuilder().setName("x".repeat(201)).addAddresses("a@b.example").build(),
        "name:");
    named(
        MailboxServiceGrpcClient.ListThreads,
        ListThreadsRequest.newBuilder().setUser("alice").setFlag("A B").build(),
        "flag:");
  }

  private void invalid(ModifyRequest.Builder request, String beginning) {
    named(MailboxServiceGrpcClient.Modify, request.build(), beginning);
  }

  private <Q, A> void named(ServiceMethod<A, Q> method, Q request, String beginning) {
    Answer<A> answer = client.call(method, request, api.alices);
    assertThat(answer.status()).as(beginning).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.statusMessage()).startsWith(beginning);
  }

  @Test
  void aNewContactShouldBeNamedByItsPositionAndAnOldOneKeepItsName() {
    api.commandsAreDoneAt(DONE_AT);
    SetContactRequest request =
        SetContactRequest.newBuilder()
            .setUser("alice")
            .setName(" Carol ")
            .addAddresses("+1 202 555 0199")
            .addAddresses("Carol@Example.net")
            .build();

    Contact made = client.call(MailboxServiceGrpcClient.SetContact, request, api.alices).only();

    assertThat(made.getId()).isEqualTo(new MessageId(api.alice.id(), DONE_AT).toString());
    assertThat(made.getName()).isEqualTo("Carol");
    assertThat(made.getAddressesList())
        .containsExactly("email:carol@example.net", "sms:+12025550199");
    SetContactRequest removal =
        SetContactRequest.newBuilder().setUser("alice").setId(MESSAGE.toString()).build();
    assertThat(client.call(MailboxServiceGrpcClient.SetContact, removal, api.alices).only().getId())
        .isEqualTo(MESSAGE.toString());
    assertThat(((Command.SetContact) command()).addresses()).isEmpty();
  }

  @Test
  void contactsAndFiguresShouldBeShown() {
    ContactView contact =
        new ContactView(MESSAGE, "Carol", List.of(Address.parse("email:carol@example.net")));
    api.mailbox =
        request ->
            Optional.of(
                new ReadOutcome.Found<>(
                    request instanceof MailboxRequest.Contacts
                        ? new Page<>(List.of(contact), Optional.of("more"))
                        : stats()));
    var contacts =
        client
            .call(
                MailboxServiceGrpcClient.ListContacts,
                ListContactsRequest.newBuilder().setUser("alice").build(),
                api.alices)
            .only();
    assertThat(contacts.getContacts(0).getName()).isEqualTo("Carol");
    assertThat(contacts.getNextPageToken()).isEqualTo("more");

    var mailbox =
        client
            .call(
                MailboxServiceGrpcClient.GetMailbox,
                GetMailboxRequest.newBuilder().setUser("Alice").build(),
                api.alices)
            .only();
    assertThat(mailbox.getUser()).isEqualTo("alice");
    assertThat(mailbox.getHeadSeq()).isEqualTo(DONE_AT.value());
    assertThat(mailbox.getUnread()).isEqualTo(3);
    assertThat(mailbox.getSmsConsents(0).getStopped()).isTrue();
  }

  private static MailboxStats stats() {
    return new MailboxStats(
        DONE_AT,
        new MailboxStats.Counts(1, 2, 3, 4),
        List.of(
            new MailboxStats.Consent(
                Address.parse("sms:+12025550101"), Address.parse("sms:+12025550199"), true)),
        List.of());
  }

  @Test
  void filtersAndOrderShouldReachTheMailbox() {
    api.mailbox =
        request -> Optional.of(new ReadOutcome.Found<>(new Page<>(List.of(), Optional.empty())));
    ListThreadsRequest threads =
        ListThreadsRequest.newBuilder()
            .setUser("alice")
            .setFolder(io.tributary.v1.Folder.OTHER)
            .setFlag("work")
            .setUnreadOnly(true)
            .build();
    client.call(MailboxServiceGrpcClient.ListThreads, threads, api.alices).only();
    assertThat(((MailboxRequest.ListThreads) last()).filter())
        .isEqualTo(new ThreadFilter(Optional.of(Folder.OTHER), Optional.of("work"), true));
    ListMessagesRequest messages =
        ListMessagesRequest.newBuilder()
            .setUser("alice")
            .setNewestFirst(true)
            .setShowDeleted(true)
            .build();
    client.call(MailboxServiceGrpcClient.ListMessages, messages, api.alices).only();
    assertThat(((MailboxRequest.ListMessages) last()).order())
        .isEqualTo(new MessageOrder(true, true));
  }

  @Test
  void partsShouldComeDecodedAndOnlyIfTheyAreHere() {
    Bytes raw =
        Bytes.ofUtf8(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
                + "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "AAEC\r\n--b--\r\n");
    MessageView view = ApiFixture.view(MESSAGE);
    api.mailbox =
        request ->
            Optional.of(
                new ReadOutcome.Found<>(request instanceof MailboxRequest.Raw ? raw : view));
    Answer<DownloadPartResponse> part = part(0);
    assertThat(part.only().getData().toByteArray()).containsExactly(0, 1, 2);
    assertThat(part(1).status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(part(-1).status()).isEqualTo(GrpcStatus.NOT_FOUND);
    MessageView elsewhere =
        new MessageView(
            MESSAGE,
            MESSAGE,
            MESSAGE.position(),
            view.channel(),
            view.from(),
            view.to(),
            "",
            "",
            0,
            true,
            List.of(new Part("", "image/png", 0, "https://media.example/1")),
            MessageView.Marks.NONE);
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(elsewhere));
    assertThat(part(0).status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
  }

  private Answer<DownloadPartResponse> part(int index) {
    DownloadPartRequest request =
        DownloadPartRequest.newBuilder()
            .setUser("alice")
            .setId(MESSAGE.toString())
            .setIndex(index)
            .build();
    return client.call(MailboxServiceGrpcClient.DownloadPart, request, api.alices);
  }

  @Test
  void searchShouldSayThatItIsNotThereYet() {
    SearchRequest request = SearchRequest.newBuilder().setUser("alice").setQuery("x").build();
    assertThat(client.call(MailboxServiceGrpcClient.Search, request, api.alices).status())
        .isEqualTo(GrpcStatus.UNIMPLEMENTED);
  }

  @Test
  void nobodyShouldChangeAnotherUsersMailbox() {
    SendRequest send = SendRequest.newBuilder().setUser("bob").addTo("alice").setText("hi").build();
    assertThat(client.call(MailboxServiceGrpcClient.Send, send, api.alices).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    DeleteRequest delete =
        DeleteRequest.newBuilder().setUser("bob").setThread(MESSAGE.toString()).build();
    assertThat(client.call(MailboxServiceGrpcClient.Delete, delete, api.alices).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(api.asked).isEmpty();
  }

  @Test
  void addressesShouldBeGivenAndTakenByOperatorsOnly() {
    AddAddressRequest add =
        AddAddressRequest.newBuilder().setName("alice").setAddress("+12025550177").build();
    assertThat(client.call(DirectoryServiceGrpcClient.AddAddress, add, api.alices).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(
            client
                .call(DirectoryServiceGrpcClient.AddAddress, add, api.operators)
                .only()
                .getAddressesList())
        .contains("sms:+12025550177");
    AddAddressRequest bobs = add.toBuilder().setName("bob").build();
    assertThat(client.call(DirectoryServiceGrpcClient.AddAddress, bobs, api.operators).status())
        .isEqualTo(GrpcStatus.ALREADY_EXISTS);
    RemoveAddressRequest remove =
        RemoveAddressRequest.newBuilder().setName("alice").setAddress("+12025550177").build();
    assertThat(
            client
                .call(DirectoryServiceGrpcClient.RemoveAddress, remove, api.operators)
                .only()
                .getAddressesList())
        .doesNotContain("sms:+12025550177");
    RemoveAddressRequest name = remove.toBuilder().setAddress("chat:alice").build();
    assertThat(client.call(DirectoryServiceGrpcClient.RemoveAddress, name, api.operators).status())
        .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  @Test
  void aTokenShouldBeRevokedByItsHolderOrAnOperator() {
    String bobs = api.tokens.issue(Scope.USER, Optional.of(api.bob.id())).blockingGet();
    assertThat(revoked(bobs, api.alices).status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(revoked(api.operators, api.alices).status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(revoked(bobs, bobs).only().getRevoked()).isTrue();
    assertThat(revoked(bobs, bobs).status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
    assertThat(revoked("trb_unknown", api.alices).only().getRevoked()).isFalse();
    assertThat(revoked(api.alices, api.operators).only().getRevoked()).isTrue();
    assertThat(revoked("", api.operators).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  private Answer<io.tributary.v1.RevokeTokenResponse> revoked(String token, String by) {
    return client.call(
        DirectoryServiceGrpcClient.RevokeToken,
        RevokeTokenRequest.newBuilder().setToken(token).build(),
        by);
  }

  private List<Command> commands() {
    return api.asked.stream()
        .filter(MailboxRequest.Execute.class::isInstance)
        .map(asked -> ((MailboxRequest.Execute) asked).command())
        .toList();
  }

  /** The last one. */
  private Command command() {
    List<Command> all = commands();
    return all.get(all.size() - 1);
  }

  private MailboxRequest<?> last() {
    return List.copyOf(api.asked).get(api.asked.size() - 1);
  }
}
