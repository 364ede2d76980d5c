package io.tributary.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.MessageId;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.RealMailboxes;
import io.tributary.store.testing.Await;
import io.tributary.v1.Change;
import io.tributary.v1.Contact;
import io.tributary.v1.DeleteRequest;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.Folder;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.ListContactsRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.Message;
import io.tributary.v1.ModifyRequest;
import io.tributary.v1.RecipientStatus;
import io.tributary.v1.SendRequest;
import io.tributary.v1.SetContactRequest;
import io.tributary.v1.Thread;
import io.tributary.v1.UndoRequest;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services over a real mailbox: what is asked for through the API is what it does. */
class ApiOnMailboxTest {
  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx, false);
  private final RealMailboxes mailboxes = new RealMailboxes(vertx);
  private final ApiServices services = api.services();
  private final Caller alice = new Caller.User(api.alice.id());
  private MessageId mail = ApiFixture.MESSAGE;

  @BeforeEach
  void deliver() {
    mailboxes.open(api.alice);
    mailboxes.open(api.bob);
    mail = mailboxes.deliver(api.alice, "carol@example.net", "hello").id();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aDeliveredMailShouldBeListedReadAndCounted() {
    assertThat(threads(ListThreadsRequest.newBuilder())).hasSize(1);
    assertThat(messages(ListMessagesRequest.newBuilder()))
        .extracting(Message::getText)
        .containsExactly("hello");
    assertThat(
            await(
                    services
                        .reading()
                        .raw(
                            alice,
                            DownloadRawRequest.newBuilder()
                                .setUser("alice")
                                .setId(mail.toString())
                                .build()))
                .length())
        .isEqualTo(5);
    var figures =
        await(
            services
                .reading()
                .getMailbox(alice, GetMailboxRequest.newBuilder().setUser("alice").build()));
    assertThat(figures.getMessages()).isEqualTo(1);
    assertThat(figures.getThreads()).isEqualTo(1);
    assertThat(figures.getUnread()).isEqualTo(1);
    assertThat(figures.getHeadSeq()).isEqualTo(mail.position().value());
  }

  @Test
  void flagsFoldersAndReadStateShouldBeKeptAndUndone() {
    Change change =
        modify(
            thread()
                .addAddFlags("work")
                .setFolder(Folder.ARCHIVE)
                .setReadSeq(mail.position().value()));

    Thread changed = threads(ListThreadsRequest.newBuilder()).get(0);
    assertThat(changed.getFlagsList()).containsExactly("work");
    assertThat(changed.getFolder()).isEqualTo(Folder.ARCHIVE);
    assertThat(changed.getUnread()).isZero();
    assertThat(threads(ListThreadsRequest.newBuilder().setFlag("work"))).hasSize(1);
    assertThat(threads(ListThreadsRequest.newBuilder().setFlag("home"))).isEmpty();
    assertThat(threads(ListThreadsRequest.newBuilder().setUnreadOnly(true))).isEmpty();
    UndoRequest undo = UndoRequest.newBuilder().setUser("alice").setSeq(change.getSeq()).build();
    await(services.writing().undo(alice, undo));
    assertThat(threads(ListThreadsRequest.newBuilder()).get(0).getFlagsList()).isEmpty();
  }

  @Test
  void aDeletedMessageShouldBeHiddenUntilUndone() {
    DeleteRequest delete =
        DeleteRequest.newBuilder().setUser("alice").addMessages(mail.toString()).build();
    Change change = await(services.writing().delete(alice, delete));

    assertThat(messages(ListMessagesRequest.newBuilder())).isEmpty();
    assertThat(messages(ListMessagesRequest.newBuilder().setShowDeleted(true)))
        .extracting(Message::getDeleted)
        .containsExactly(true);
    await(
        services
            .writing()
            .undo(
                alice, UndoRequest.newBuilder().setUser("alice").setSeq(change.getSeq()).build()));
    assertThat(messages(ListMessagesRequest.newBuilder())).hasSize(1);
  }

  @Test
  void aRepeatedRequestShouldChangeNothingAndAnotherContentBeRefused() {
    Change first = modify(thread().addAddFlags("work").setRequestId("r1"));
    modify(thread().addAddFlags("home"));

    assertThat(modify(thread().addAddFlags("work").setRequestId("r1"))).isEqualTo(first);
    assertThatThrownBy(() -> modify(thread().addAddFlags("play").setRequestId("r1")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ID_REUSED));
    assertThat(threads(ListThreadsRequest.newBuilder()).get(0).getFlagsList())
        .containsExactly("home", "work");
  }

  @Test
  void contactsShouldBeMadeListedAndRemoved() {
    Contact made =
        set(SetContactRequest.newBuilder().setName("Carol").addAddresses("carol@example.net"));
    set(
        SetContactRequest.newBuilder()
            .setId(made.getId())
            .setName("Carol O.")
            .addAddresses("carol@example.net")
            .addAddresses("+12025550199"));

    assertThat(contacts())
        .containsExactly(
            Contact.newBuilder()
                .setId(made.getId())
                .setName("Carol O.")
                .addAddresses("email:carol@example.net")
                .addAddresses("sms:+12025550199")
                .build());
    set(SetContactRequest.newBuilder().setId(made.getId()));
    assertThat(contacts()).isEmpty();
  }

  @Test
  void aSentMessageShouldBeInBothMailboxesOnceHoweverOftenItIsAskedFor() {
    SendRequest request =
        SendRequest.newBuilder()
            .setUser("alice")
            .addTo("bob")
            .setText("hi bob")
            .setRequestId("r1")
            .build();
    Message sent = await(services.writing().send(alice, request));

    assertThat(sent.getText()).isEqualTo("hi bob");
    assertThat(sent.getFrom()).isEqualTo("chat:alice");
    assertThat(sent.getRecipientsCount()).isEqualTo(1);
    assertThat(await(services.writing().send(alice, request)).getId()).isEqualTo(sent.getId());
    SendRequest other = request.toBuilder().setText("ho bob").build();
    assertThatThrownBy(() -> await(services.writing().send(alice, other)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ID_REUSED));
    GetMessageRequest read =
        GetMessageRequest.newBuilder().setUser("alice").setId(sent.getId()).build();
    Await.until(
        Duration.ofSeconds(20),
        "bob has it",
        () ->
            await(services.reading().getMessage(alice, read)).getRecipients(0).getState()
                == RecipientStatus.State.DELIVERED);
    ListMessagesRequest bobs = ListMessagesRequest.newBuilder().setUser("bob").build();
    assertThat(
            await(services.reading().listMessages(new Caller.User(api.bob.id()), bobs))
                .getMessagesList())
        .extracting(Message::getText, Message::getFrom, Message::getVerified)
        .containsExactly(tuple("hi bob", "chat:alice", true));
  }

  @Test
  void whatIsNotThereShouldBeNotFound() {
    String nothing = new MessageId(api.alice.id(), mail.position()).toString();
    DeleteRequest other =
        DeleteRequest.newBuilder()
            .setUser("alice")
            .setThread(
                new MessageId(api.alice.id(), new io.tributary.codecs.message.Position(99_999))
                    .toString())
            .build();
    assertThat(nothing).isEqualTo(mail.toString());
    assertThatThrownBy(() -> await(services.writing().delete(alice, other)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
    UndoRequest undo = UndoRequest.newBuilder().setUser("alice").setSeq(99_999).build();
    assertThatThrownBy(() -> await(services.writing().undo(alice, undo)))
        .isInstanceOf(Refusal.class);
  }

  private ModifyRequest.Builder thread() {
    return ModifyRequest.newBuilder().setUser("alice").setThread(mail.toString());
  }

  private Change modify(ModifyRequest.Builder request) {
    return await(services.writing().modify(alice, request.build()));
  }

  private Contact set(SetContactRequest.Builder request) {
    return await(services.writing().setContact(alice, request.setUser("alice").build()));
  }

  private List<Contact> contacts() {
    ListContactsRequest request = ListContactsRequest.newBuilder().setUser("alice").build();
    return await(services.reading().listContacts(alice, request)).getContactsList();
  }

  private List<Thread> threads(ListThreadsRequest.Builder request) {
    return await(services.reading().listThreads(alice, request.setUser("alice").build()))
        .getThreadsList();
  }

  private List<Message> messages(ListMessagesRequest.Builder request) {
    return await(services.reading().listMessages(alice, request.setUser("alice").build()))
        .getMessagesList();
  }

  private static <T> T await(Single<T> answer) {
    return answer.timeout(30, TimeUnit.SECONDS).blockingGet();
  }
}
