package io.tributary.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.Conversations.Code;
import io.tributary.channels.Conversations.Outcome;
import io.tributary.channels.Conversations.Submission;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.RealMailboxes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every face sends with, over real mailboxes. */
class ConversationServiceTest {
  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx, false);
  private final RealMailboxes mailboxes = new RealMailboxes(vertx);
  private final ConversationService testee = api.conversations();

  @BeforeEach
  void open() {
    mailboxes.open(api.alice);
    mailboxes.open(api.bob);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aMessageToOneselfShouldBeKeptAsANote() {
    Position first = done(to("1", "chat:alice"));
    assertThat(first).isEqualTo(Position.of(2, 0));
    assertThat(done(to("2", "email:alice@example.com", "chat:alice"))).isEqualTo(Position.of(3, 0));
    MessageId notes = new MessageId(api.alice.id(), first);

    assertThat(await(testee.threadWith(api.alice.id(), Set.of()))).contains(notes);
    assertThat(await(testee.usersIn(api.alice.id(), notes))).isEmpty();
    assertThat(done(in("3", notes))).isEqualTo(Position.of(4, 0));
    MessageView note = repeated(in("3", notes));
    assertThat(note.thread()).isEqualTo(notes);
    assertThat(note.to()).containsExactly(Address.parse("chat:alice"));
  }

  @Test
  void aMessageToOneselfAndAnotherShouldBeOfTheOther() {
    done(to("1", "chat:alice"));
    MessageView shared = repeatedAfter(to("2", "chat:alice", "chat:bob"));

    assertThat(shared.to()).containsExactly(Address.parse("chat:bob"));
    assertThat(shared.thread()).isEqualTo(shared.id());
  }

  @Test
  void aMessageToNoAddressShouldBeRefused() {
    assertThat(send(to("1")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo(Code.INVALID));
  }

  private MessageView repeatedAfter(Submission submission) {
    done(submission);
    return repeated(submission);
  }

  private MessageView repeated(Submission submission) {
    Outcome.Done done = (Outcome.Done) send(submission);
    assertThat(done.repeated()).isTrue();
    return done.message().orElseThrow();
  }

  private Position done(Submission submission) {
    return ((Outcome.Done) send(submission)).position();
  }

  private Outcome send(Submission submission) {
    return await(testee.send(api.alice.id(), submission));
  }

  private static Submission to(String id, String... addresses) {
    List<Address> to = Stream.of(addresses).map(Address::parse).toList();
    return new Submission(new ClientId("phone", id), Optional.empty(), to, "", "text of " + id);
  }

  private static Submission in(String id, MessageId thread) {
    ClientId client = new ClientId("phone", id);
    return new Submission(client, Optional.of(thread), List.of(), "", "text of " + id);
  }

  private static <T> T await(Single<T> answer) {
    return answer.timeout(30, TimeUnit.SECONDS).blockingGet();
  }
}
