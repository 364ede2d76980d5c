package io.tributary.channels.chat;

import static io.tributary.channels.chat.testing.ChatFixture.ALICE;
import static io.tributary.channels.chat.testing.ChatFixture.BOB;
import static io.tributary.channels.chat.testing.ChatFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.chat.testing.ChatClient;
import io.tributary.channels.chat.testing.ChatFixture;
import io.tributary.channels.chat.testing.FakeConversations;
import io.tributary.channels.live.testing.FakeMailbox;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What good clients do. */
class ChatSessionTest {
  private final ChatFixture fixture = new ChatFixture();
  private final FakeMailbox mailbox = fixture.feed.mailbox(ALICE);

  @Test
  void helloShouldBeAnsweredWithTheHead() {
    Position head = mailbox.arrive("before").head();
    ChatClient client = fixture.greeted("alice", "phone", Optional.empty());

    assertThat(client.take()).containsExactly(new ServerFrame.Welcome("alice", head, "n1"));
  }

  @Test
  void theBacklogBehindSinceShouldFollowThenTheHead() {
    Position since = mailbox.arrive("seen").head();
    LiveBatch missed = mailbox.arrive("missed");
    ChatClient client = fixture.greeted("alice", "phone", Optional.of(since));

    assertThat(client.take())
        .containsExactly(
            new ServerFrame.Welcome("alice", missed.head(), "n1"),
            new ServerFrame.Message(message(missed)),
            new ServerFrame.Head(missed.head()));
  }

  @Test
  void theSendingDeviceShouldGetSentAndAllOthersTheMessage() {
    ChatClient phone = fixture.talking("alice", "phone");
    ChatClient laptop = fixture.talking("alice", "laptop");
    ChatClient bob = fixture.talking("bob", "tablet");
    phone.say(send("1", "bob", "hi"));

    FakeMailbox bobs = fixture.feed.mailbox(BOB);
    LiveEvent.Sent sent = (LiveEvent.Sent) mailbox.events().get(0);
    LiveEvent.Arrived arrived = (LiveEvent.Arrived) bobs.events().get(0);
    assertThat(phone.take())
        .containsExactly(new ServerFrame.Sent("1", sent.position(), Optional.of(sent.message())));
    assertThat(laptop.take()).containsExactly(new ServerFrame.Message(sent.message()));
    assertThat(bob.take()).containsExactly(new ServerFrame.Message(arrived.message()));
  }

  @Test
  void sentShouldStandInItsPlaceAmongTheMessages() {
    ChatClient phone = fixture.talking("alice", "phone");
    fixture.conversations.silent(true);
    LiveBatch lost = mailbox.arrive("lost, and before");
    phone.say(send("1", "bob", "hi"));
    fixture.pass(100);

    assertThat(phone.take())
        .startsWith(new ServerFrame.Message(message(lost)))
        .element(1)
        .isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void aSendThatIsRepeatedShouldBeAnsweredWithTheOriginal() {
    ChatClient phone = fixture.talking("alice", "phone");
    phone.say(send("1", "bob", "hi"));
    List<ServerFrame> first = phone.take();
    phone.say(send("1", "bob", "hi"));

    assertThat(phone.take()).isEqualTo(first).hasSize(1);
    assertThat(mailbox.events()).hasSize(1);
  }

  @Test
  void aSendRepeatedAfterAResumeShouldBeAnsweredOnceInItsPlace() {
    ClientId client = new ClientId("phone", "1");
    ChatClient before = fixture.talking("alice", "phone");
    Position since = mailbox.head();
    before.say(send("1", "bob", "hi"));
    before.hangUp();
    ChatClient after = fixture.connect();
    after.say(new ClientFrame.Hello("alice", "phone", Optional.of(since)));
    after.say(send("1", "bob", "hi"));
    fixture.pass(100);

    assertThat(((LiveEvent.Sent) mailbox.events().get(0)).client()).isEqualTo(client);
    assertThat(after.all(ServerFrame.Sent.class)).hasSize(1);
    assertThat(mailbox.events()).hasSize(1);
  }

  @Test
  void aSendRepeatedLongAfterItWasSeenShouldBeAnsweredAtOnce() {
    ChatClient before = fixture.talking("alice", "phone");
    before.say(send("1", "bob", "hi"));
    LiveBatch later = mailbox.arrive("later");
    ChatClient after = fixture.greeted("alice", "phone", Optional.of(later.head()));
    after.say(send("1", "bob", "hi"));

    assertThat(after.all(ServerFrame.Sent.class))
        .singleElement()
        .satisfies(sent -> assertThat(sent.message()).isPresent());
  }

  @Test
  void aResumeShouldMissNothingAndRepeatNothing() {
    ChatClient first = fixture.talking("alice", "phone");
    LiveBatch one = mailbox.arrive("one");
    fixture.feed.publish(one);
    first.hangUp();
    LiveBatch two = mailbox.arrive("two");
    ChatClient second = fixture.greeted("alice", "phone", Optional.of(one.head()));
    LiveBatch three = mailbox.arrive("three");
    fixture.feed.publish(three);

    assertThat(first.all(ServerFrame.Message.class))
        .containsExactly(new ServerFrame.Message(message(one)));
    assertThat(second.all(ServerFrame.Message.class))
        .containsExactly(
            new ServerFrame.Message(message(two)), new ServerFrame.Message(message(three)));
  }

  @Test
  void sendsToTheSamePeopleShouldGoOneAfterTheOther() {
    fixture.conversations.hold();
    ChatClient phone = fixture.talking("alice", "phone");
    phone
        .say(send("1", "bob", "one"))
        .say(send("2", "chat:bob", "two"))
        .say(send("3", "alice", "x"));

    assertThat(fixture.conversations.submissions())
        .extracting(submission -> submission.client().id())
        .containsExactly("1", "3");
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);
    assertThat(fixture.conversations.submissions()).hasSize(3);
  }

  @Test
  void readingShouldBeToldToAllDevices() {
    ChatClient phone = fixture.talking("alice", "phone");
    ChatClient laptop = fixture.talking("alice", "laptop");
    MessageId thread = FakeConversations.threadOf(ALICE);
    phone.say(new ClientFrame.Read(thread, new Position(300)));

    ServerFrame update =
        new ServerFrame.Update(
            mailbox.head(),
            LiveEvent.Kind.READ,
            Optional.of(thread),
            List.of(),
            Optional.of(new Position(300)));
    assertThat(phone.take()).containsExactly(update);
    assertThat(laptop.take()).containsExactly(update);
  }

  @Test
  void ofMarksOfReadingThatComeTogetherOnlyTheFarthestShouldCount() {
    ChatClient phone = fixture.talking("alice", "phone");
    fixture.conversations.hold();
    MessageId thread = FakeConversations.threadOf(ALICE);
    for (long seq = 1; seq <= 100; seq++) {
      phone.say(new ClientFrame.Read(thread, new Position(seq)));
    }
    while (fixture.conversations.release()) {
      fixture.pass(0);
    }
    assertThat(phone.all(ServerFrame.Update.class))
        .extracting(update -> update.readSeq().orElseThrow().value())
        .containsExactly(1L, 100L);
  }

  @Test
  void typingShouldReachOthersInTheirOwnThread() {
    ChatClient phone = fixture.talking("alice", "phone");
    ChatClient laptop = fixture.talking("alice", "laptop");
    ChatClient bob = fixture.talking("bob", "tablet");
    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), true));
    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), false));

    MessageId bobs = FakeConversations.threadOf(BOB);
    Address alice = Address.parse("chat:alice");
    assertThat(bob.take())
        .containsExactly(
            new ServerFrame.Typing(bobs, alice, true), new ServerFrame.Typing(bobs, alice, false));
    assertThat(laptop.take()).isEmpty();
  }

  @Test
  void typingShouldEndByItselfAndWithTheSession() {
    ChatClient phone = fixture.talking("alice", "phone");
    ChatClient bob = fixture.talking("bob", "tablet");
    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), true));
    fixture.pass(9_000);
    assertThat(bob.all(ServerFrame.Typing.class)).hasSize(2).last().matches(typing -> !typing.on());

    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), true));
    phone.hangUp();
    fixture.pass(10);
    assertThat(bob.all(ServerFrame.Typing.class)).hasSize(4).last().matches(typing -> !typing.on());
  }

  @Test
  void typingShouldBeTellingLittleHoweverMuchIsTyped() {
    ChatClient phone = fixture.talking("alice", "phone");
    for (int number = 0; number < 1_000; number++) {
      phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), number % 2 == 0));
    }
    assertThat(fixture.feed.told()).hasSizeLessThan(50);
  }

  @Test
  void typingInAThreadOfManyShouldReachFifty() {
    for (int number = 0; number < 80; number++) {
      fixture.user("user" + number, new UserId(100 + number));
    }
    ChatClient phone = fixture.talking("alice", "phone");
    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(ALICE), true));

    assertThat(fixture.feed.told()).hasSize(50);
  }

  @Test
  void typingInAThreadThatIsNotThereShouldReachNobody() {
    ChatClient phone = fixture.talking("alice", "phone");
    phone.say(new ClientFrame.Typing(FakeConversations.threadOf(BOB), true));

    assertThat(fixture.feed.told()).isEmpty();
    assertThat(phone.take()).isEmpty();
  }

  @Test
  void comingAndGoingShouldBeToldToThoseWrittenWith() {
    ChatClient bob = fixture.talking("bob", "tablet");
    fixture.pass(500);
    ChatClient alice = fixture.talking("alice", "phone");
    fixture.pass(500);
    assertThat(bob.take()).contains(new ServerFrame.Presence("alice", true));
    assertThat(alice.take()).contains(new ServerFrame.Presence("bob", true));

    alice.hangUp();
    fixture.pass(5_000);
    assertThat(bob.all(ServerFrame.Presence.class)).isEmpty();
    fixture.pass(6_000);
    assertThat(bob.all(ServerFrame.Presence.class))
        .containsExactly(new ServerFrame.Presence("alice", false));
  }

  @Test
  void whoComesBackSoonShouldNeverHaveGone() {
    ChatClient bob = fixture.talking("bob", "tablet");
    ChatClient alice = fixture.talking("alice", "phone");
    fixture.pass(1_000);
    List<ServerFrame> unused = bob.take();
    alice.hangUp();
    fixture.pass(5_000);
    ChatClient again = fixture.talking("alice", "phone");
    fixture.pass(20_000);

    assertThat(bob.all(ServerFrame.Presence.class)).isEmpty();
    assertThat(again.isOpen()).isTrue();
  }

  @Test
  void quietSessionsShouldStayAndHearTheHead() {
    ChatClient phone = fixture.talking("alice", "phone");
    fixture.pass(Duration.ofHours(1));

    assertThat(phone.isOpen()).isTrue();
    assertThat(phone.pings()).isBetween(144, 192);
    assertThat(phone.take()).hasSizeBetween(720, 960).allMatch(ServerFrame.Head.class::isInstance);
  }

  @Test
  void shuttingDownShouldAnswerWhatIsUnderWayThenSayGoodbye() {
    fixture.conversations.hold();
    ChatClient phone = fixture.talking("alice", "phone");
    phone.say(send("1", "bob", "hi"));
    phone.session().shutDown();
    assertThat(phone.isOpen()).isTrue();
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);

    List<ServerFrame> frames = phone.take();
    assertThat(frames).hasSize(2);
    assertThat(frames.get(0)).isInstanceOf(ServerFrame.Sent.class);
    assertThat(frames.get(1))
        .isInstanceOfSatisfying(
            ServerFrame.Bye.class,
            bye -> {
              assertThat(bye.reason()).isEqualTo("going away");
              assertThat(bye.retryAfterMillis().orElseThrow()).isBetween(500L, 1_000L);
            });
    assertThat(phone.closeCode()).contains(1001);
  }

  @Test
  void shuttingDownShouldNotWaitForEver() {
    fixture.conversations.hold();
    ChatClient phone = fixture.talking("alice", "phone");
    phone.say(send("1", "bob", "hi"));
    phone.session().shutDown();
    fixture.pass(3_100);

    assertThat(phone.isOpen()).isFalse();
    assertThat(phone.last()).isInstanceOf(ServerFrame.Bye.class);
  }

  private static io.tributary.codecs.message.MessageView message(LiveBatch batch) {
    return ((LiveEvent.Arrived) batch.events().get(0)).message();
  }
}
