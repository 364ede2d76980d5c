package io.tributary.channels.chat;

import static io.tributary.channels.chat.testing.ChatFixture.ALICE;
import static io.tributary.channels.chat.testing.ChatFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.chat.ChatObserver.Settlement;
import io.tributary.channels.chat.testing.ChatClient;
import io.tributary.channels.chat.testing.ChatFixture;
import io.tributary.channels.chat.testing.FakeConversations;
import io.tributary.channels.live.testing.FakeMailbox;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad clients and bad days do. */
class BadClientTest {
  private final ChatFixture fixture = new ChatFixture();
  private final FakeMailbox mailbox = fixture.feed.mailbox(ALICE);

  @Test
  void noHelloShouldEndTheSessionAfterTenSeconds() {
    ChatClient client = fixture.connect();
    fixture.pass(9_900);
    assertThat(client.isOpen()).isTrue();
    fixture.pass(200);

    shouldHaveLeft(client, Farewell.NO_HELLO, 1008);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ack\",\"seq\":\"1\"}",
        "hello",
        "{\"type\":\"shout\"}",
        "{\"type\":\"hello\",\"token\":\"alice\"}"
      })
  void anythingElseBeforeHelloShouldEndTheSession(String text) {
    ChatClient client = fixture.connect().say(text);

    shouldHaveLeft(client, Farewell.HELLO_FIRST, 1008);
  }

  @Test
  void aBadTokenShouldEndTheSessionForGood() {
    ChatClient client = fixture.greeted("mallory", "phone", Optional.empty());

    shouldHaveLeft(client, Farewell.TOKEN_INVALID, 1008);
    assertThat(((ServerFrame.Bye) client.last()).retryAfterMillis()).isEmpty();
  }

  @Test
  void tokensThatCantBeCheckedShouldBeToldToComeBack() {
    fixture.tokens.away(true);
    ChatClient client = fixture.greeted("alice", "phone", Optional.empty());

    shouldHaveLeft(client, Farewell.UNAVAILABLE, 1013);
    assertThat(((ServerFrame.Bye) client.last()).retryAfterMillis()).isPresent();
  }

  @Test
  void aTokenCheckWithoutAnswerShouldEndWithTheTimeForHello() {
    fixture.tokens.mute(true);
    ChatClient client = fixture.greeted("alice", "phone", Optional.empty());
    fixture.pass(10_000);

    shouldHaveLeft(client, Farewell.UNAVAILABLE, 1013);
  }

  @Test
  void aMailboxThatCantBeReadShouldBeToldToComeBack() {
    fixture.feed.away(true);
    ChatClient client = fixture.greeted("alice", "phone", Optional.empty());
    fixture.pass(10_000);

    shouldHaveLeft(client, Farewell.UNAVAILABLE, 1013);
    assertThat(fixture.gate.sessionsOf(ALICE)).isZero();
  }

  @Test
  void whatIsSaidRightAfterHelloShouldWaitForTheWelcome() {
    ChatClient client = fixture.connect();
    client.say(new ClientFrame.Hello("alice", "phone", Optional.empty()));
    client.say(send("1", "bob", "hi"));
    assertThat(fixture.conversations.submissions()).isEmpty();
    client.readOn();
    fixture.pass(10);
    client.say(send("2", "bob", "ho"));

    assertThat(client.all(ServerFrame.Sent.class)).hasSize(2);
  }

  @Test
  void aSecondHelloShouldBeAnError() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(new ClientFrame.Hello("bob", "phone", Optional.empty()));

    shouldHaveAnError(client, ErrorCode.INVALID, false);
  }

  @Test
  void whatIsNotJsonShouldBeAnErrorAndTheSessionStays() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say("not json");
    client.say("{\"type\":\"shout\"}");
    client.say("{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}");

    assertThat(client.all(ServerFrame.Error.class))
        .extracting(ServerFrame.Error::code)
        .containsExactly("not_json", "unknown_type", "not_json");
    assertThat(client.say(send("1", "bob", "hi")).last()).isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void hundredsOfWrongFramesShouldEndTheSession() {
    ChatClient client = fixture.talking("alice", "phone");
    for (int number = 0; number < 101; number++) {
      client.say("not json");
    }
    shouldHaveLeft(client, Farewell.TOO_MANY_ERRORS, 1008);
  }

  @Test
  void aFewWrongFramesNowAndThenShouldNot() {
    ChatClient client = fixture.talking("alice", "phone");
    for (int number = 0; number < 500; number++) {
      client.say("not json");
      fixture.pass(1_000);
    }
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void binaryFramesShouldEndTheSession() {
    ChatClient client = fixture.talking("alice", "phone");
    client.session().receiveOther();

    shouldHaveLeft(client, Farewell.NOT_TEXT, 1003);
  }

  @Test
  void sendingToNobodyShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(new ClientFrame.Send("1", Optional.empty(), List.of(), "", "hi"));

    shouldHaveAnError(client, ErrorCode.INVALID, false);
    assertThat(((ServerFrame.Error) client.last()).id()).contains("1");
    assertThat(fixture.conversations.submissions()).isEmpty();
  }

  @Test
  void sendingToTooManyShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(
        new ClientFrame.Send("1", Optional.empty(), Collections.nCopies(1_001, "bob"), "", "hi"));

    shouldHaveAnError(client, ErrorCode.INVALID, false);
  }

  @Test
  void sendingToWhatIsNoAddressShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "b ob!", "hi"));

    shouldHaveAnError(client, ErrorCode.INVALID, false);
  }

  @Test
  void sendingToAnUnknownUserShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "carol", "hi"));

    shouldHaveAnError(client, ErrorCode.UNKNOWN_RECIPIENT, false);
  }

  @Test
  void theSameIdWithOtherContentShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "hi"));
    client.say(send("1", "bob", "ho"));

    shouldHaveAnError(client, ErrorCode.ID_REUSED, false);
    assertThat(mailbox.events()).hasSize(1);
  }

  @Test
  void whenStorageIsAwayASendShouldBeToldToBeRetried() {
    fixture.conversations.away(true);
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "hi"));
    shouldHaveAnError(client, ErrorCode.UNAVAILABLE, true);

    fixture.conversations.away(false);
    client.say(send("1", "bob", "hi"));
    assertThat(client.last()).isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void aSendWithoutAnswerShouldBeToldToBeRetried() {
    fixture.conversations.hold();
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "hi"));
    fixture.pass(21_000);

    assertThat(client.all(ServerFrame.Error.class))
        .singleElement()
        .matches(error -> error.code().equals("unavailable") && error.retry());
  }

  @Test
  void readingInAThreadThatIsNotThereShouldBeRefused() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(
        new ClientFrame.Read(new MessageId(new UserId(9), Position.of(1, 0)), new Position(1)));

    shouldHaveAnError(client, ErrorCode.NO_SUCH_THREAD, false);
  }

  @Test
  void acknowledgingWhatWasNeverSentShouldBeAnError() {
    ChatClient client = fixture.talking("alice", "phone");
    client.say(new ClientFrame.Ack(mailbox.head()));
    assertThat(client.take()).isEmpty();
    client.say(new ClientFrame.Ack(new Position(1L << 40)));

    shouldHaveAnError(client, ErrorCode.INVALID, false);
  }

  @Test
  void moreSendsAtOnceThanAllowedShouldBeBusyInOrder() {
    fixture.conversations.hold();
    ChatClient client = fixture.talking("alice", "phone");
    for (int number = 0; number < 70; number++) {
      client.say(send(Integer.toString(number), "bob", "hi"));
    }
    assertThat(client.all(ServerFrame.Error.class))
        .extracting(error -> error.code() + error.retry() + error.id().orElse(""))
        .containsExactly(
            "busytrue64", "busytrue65", "busytrue66", "busytrue67", "busytrue68", "busytrue69");
    while (fixture.conversations.release()) {
      fixture.pass(0);
    }
    assertThat(client.all(ServerFrame.Sent.class)).hasSize(64);
    theEquationShouldHold();
  }

  @Test
  void tenThousandSendsWithoutReadingShouldNotGrowAnything() {
    ChatClient client = fixture.talking("alice", "phone").stopReading();
    for (int number = 0; number < 10_000; number++) {
      client.say(send(Integer.toString(number), "bob", "hi"));
    }
    assertThat(client.isPaused()).isTrue();
    assertThat(client.unsent()).isLessThan(70);
    fixture.pass(31_000);

    assertThat(client.isAborted()).isTrue();
    assertThat(fixture.observer.farewells()).containsExactly(Farewell.TOO_SLOW);
    assertThat(fixture.gate.sessions()).isZero();
  }

  @Test
  void aClientThatReadsAgainShouldGetAGapAndGoOn() {
    ChatClient client = fixture.talking("alice", "phone");
    fixture.feed.publish(mailbox.arrive("seen"));
    client.stopReading();
    for (int number = 0; number < 1_000; number++) {
      fixture.feed.publish(mailbox.arrive("fast"));
    }
    assertThat(client.unsent()).isEqualTo(1);
    client.readOn();
    LiveBatch after = mailbox.arrive("after");
    fixture.feed.publish(after);

    assertThat(fixture.observer.gaps()).isEqualTo(1);
    assertThat(client.all(ServerFrame.Message.class)).hasSize(1 + 1 + 256 + 1);
    assertThat(client.all(ServerFrame.Gap.class))
        .singleElement()
        .matches(gap -> gap.to().equals(after.after()));
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void aSendWhoseAnswerFallsIntoAGapShouldBeAnsweredAfterIt() {
    fixture.conversations.hold();
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "hi"));
    client.stopReading();
    for (int number = 0; number < 300; number++) {
      fixture.feed.publish(mailbox.arrive("fast"));
    }
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);
    client.readOn();
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);

    List<ServerFrame> frames = client.take();
    ServerFrame.Sent sent = (ServerFrame.Sent) frames.get(frames.size() - 1);
    assertThat(frames.get(frames.size() - 2)).isInstanceOf(ServerFrame.Gap.class);
    assertThat(sent.id()).isEqualTo("1");
    assertThat(sent.seq()).isEqualTo(mailbox.head());
    assertThat(sent.message()).get().extracting(MessageView::text).isEqualTo("hi");
  }

  @Test
  void aSendWhoseAnswerFallsIntoAGapShouldBeToldToBeRetriedIfItCantBeShownNow() {
    fixture.conversations.hold();
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "hi"));
    client.stopReading();
    for (int number = 0; number < 300; number++) {
      fixture.feed.publish(mailbox.arrive("fast"));
    }
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);
    fixture.conversations.away(true);
    client.readOn();
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);

    assertThat(client.all(ServerFrame.Error.class))
        .singleElement()
        .matches(error -> error.retry() && error.id().equals(Optional.of("1")));
    fixture.conversations.away(false);
    client.say(send("1", "bob", "hi"));
    assertThat(fixture.conversations.release()).isTrue();
    fixture.pass(0);
    assertThat(client.all(ServerFrame.Sent.class))
        .singleElement()
        .matches(sent -> sent.message().isPresent());
    assertThat(fixture.conversations.submissions()).hasSize(3);
  }

  @Test
  void sendsOfAllSessionsShouldShareABound() {
    ChatFixture narrow = new ChatFixture(new ChatGate.Bounds(100, 5, 1_000), ChatLimits.DEFAULT);
    narrow.conversations.hold();
    ChatClient alice = narrow.talking("alice", "phone");
    ChatClient bob = narrow.talking("bob", "phone");
    alice.say(send("1", "bob", "x".repeat(850)));
    bob.say(send("2", "alice", "x".repeat(51)));
    assertThat(bob.last())
        .matches(frame -> frame instanceof ServerFrame.Error busy && busy.retry());
    assertThat(narrow.gate.sendBytes()).isEqualTo(950);
    alice.hangUp();
    assertThat(narrow.conversations.release()).isTrue();
    narrow.pass(0);
    bob.say(send("2", "alice", "x".repeat(51)));
    assertThat(narrow.conversations.release()).isTrue();
    narrow.pass(0);

    assertThat(bob.all(ServerFrame.Sent.class)).hasSize(1);
    assertThat(narrow.gate.sendBytes()).isZero();
  }

  @Test
  void aRevokedTokenShouldEndTheSessionWithinThirtySeconds() {
    ChatClient client = fixture.talking("alice", "phone");
    fixture.pass(12_345);
    fixture.tokens.revoke("alice");
    fixture.pass(30_000);

    shouldHaveLeft(client, Farewell.TOKEN_REVOKED, 1008);
  }

  @Test
  void storageThatIsAwayShouldKeepTheSessionOpen() {
    ChatClient client = fixture.talking("alice", "phone");
    fixture.tokens.away(true);
    fixture.feed.away(true);
    fixture.pass(Duration.ofMinutes(5));
    fixture.feed.away(false);
    LiveBatch batch = mailbox.arrive("after the outage");
    fixture.pass(5_000);

    assertThat(client.isOpen()).isTrue();
    assertThat(client.all(ServerFrame.Message.class)).hasSize(1);
    assertThat(client.last()).isEqualTo(new ServerFrame.Head(batch.head()));
  }

  @Test
  void aDeadPeerShouldBeDroppedAfterTwoPings() {
    ChatClient client = fixture.talking("alice", "phone").stopAnsweringPings();
    fixture.pass(80_000);

    assertThat(client.isAborted()).isTrue();
    assertThat(client.pings()).isEqualTo(2);
    assertThat(fixture.observer.farewells()).containsExactly(Farewell.DEAD);
  }

  @Test
  void aPeerThatOnlyTalksShouldCountAsAlive() {
    ChatClient client = fixture.talking("alice", "phone").stopAnsweringPings();
    for (int second = 0; second < 200; second++) {
      client.say(new ClientFrame.Ack(Position.START));
      fixture.pass(1_000);
    }
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void tooManySessionsShouldBeToldToComeBack() {
    ChatFixture small = new ChatFixture(new ChatGate.Bounds(2, 5), ChatLimits.DEFAULT);
    ChatClient first = small.talking("alice", "phone");
    ChatClient second = small.connect();
    ChatClient third = small.connect();

    assertThat(third.last()).isInstanceOf(ServerFrame.Bye.class);
    assertThat(third.closeCode()).contains(1013);
    first.hangUp();
    second.hangUp();
    assertThat(small.gate.sessions()).isZero();
    assertThat(small.observer.sessions()).isZero();
    assertThat(small.talking("alice", "phone").isOpen()).isTrue();
  }

  @Test
  void tooManySessionsOfAUserShouldBeToldToComeBack() {
    for (int number = 0; number < 5; number++) {
      assertThat(fixture.talking("alice", "phone" + number).isOpen()).isTrue();
    }
    ChatClient sixth = fixture.greeted("alice", "phone6", Optional.empty());

    shouldHaveLeft(sixth, Farewell.TOO_MANY_SESSIONS_OF_USER, 1013);
    assertThat(fixture.talking("bob", "phone").isOpen()).isTrue();
    assertThat(fixture.gate.sessionsOf(ALICE)).isEqualTo(5);
  }

  @Test
  void sendsOfAClientThatIsGoneShouldBeCounted() {
    fixture.conversations.hold();
    ChatClient client = fixture.talking("alice", "phone");
    client.say(send("1", "bob", "one")).say(send("2", "bob", "two"));
    client.hangUp();
    assertThat(fixture.observer.inFlight()).isEqualTo(2);
    while (fixture.conversations.release()) {
      fixture.pass(0);
    }
    assertThat(fixture.observer.settled(Settlement.DONE)).isEqualTo(2);
  }

  @Test
  void closingTwiceShouldBeHarmless() {
    ChatClient client = fixture.talking("alice", "phone");
    client.session().closed();
    client.session().closed();
    client.session().shutDown();
    client.session().drained();
    client.session().pong();

    assertThat(fixture.gate.sessions()).isZero();
    assertThat(fixture.feed.listeners(ALICE)).isZero();
  }

  /** Whatever two devices do: each event once and in order, every send answered or in doubt. */
  @Property(tries = 200)
  void whateverHappensNothingShouldBeToldTwice(@ForAll long seed) {
    new Turmoil(new Random(seed)).run();
  }

  private void theEquationShouldHold() {
    assertThat(fixture.observer.inFlight()).isZero();
    assertThat(fixture.observer.accepted()).isEqualTo(70);
    assertThat(fixture.observer.settled(Settlement.DONE)).isEqualTo(64);
    assertThat(fixture.observer.settled(Settlement.RETRIED)).isEqualTo(6);
  }

  private void shouldHaveLeft(ChatClient client, Farewell why, int closeCode) {
    assertThat(client.last())
        .isInstanceOfSatisfying(
            ServerFrame.Bye.class, bye -> assertThat(bye.reason()).isEqualTo(why.reason()));
    assertThat(client.closeCode()).contains(closeCode);
    assertThat(client.isOpen()).isFalse();
    assertThat(fixture.observer.farewells()).containsExactly(why);
  }

  private static void shouldHaveAnError(ChatClient client, ErrorCode code, boolean retry) {
    assertThat(client.last())
        .isInstanceOfSatisfying(
            ServerFrame.Error.class,
            error -> {
              assertThat(error.code()).isEqualTo(code.wireName());
              assertThat(error.retry()).isEqualTo(retry);
              assertThat(error.reason()).isNotBlank();
            });
    assertThat(client.isOpen()).isTrue();
  }

  /** One random afternoon of one device that loses its connection again and again. */
  private static final class Turmoil {
    private final Random chance;
    private final ChatFixture fixture = new ChatFixture();
    private final FakeMailbox mailbox = fixture.feed.mailbox(ALICE);
    private final java.util.List<Position> seen = new java.util.ArrayList<>();
    private final java.util.Set<String> unanswered = new java.util.TreeSet<>();
    private Position last = mailbox.head();
    private int sends;
    private ChatClient client = fixture.greeted("alice", "phone", Optional.of(last));

    Turmoil(Random chance) {
      this.chance = chance;
    }

    void run() {
      for (int step = 0; step < 150; step++) {
        step();
      }
      fixture.conversations.silent(false);
      while (fixture.conversations.release()) {
        fixture.pass(1);
      }
      reconnect();
      unanswered.forEach(id -> client.say(send(id, "bob", "text " + id)));
      settle();
      while (fixture.conversations.release()) {
        settle();
      }
      fixture.pass(10_000);
      read();
      assertThat(unanswered).isEmpty();
      assertThat(seen).isEqualTo(mailbox.events().stream().map(event -> event.position()).toList());
      assertThat(fixture.observer.inFlight()).isZero();
    }

    private void step() {
      switch (chance.nextInt(10)) {
        case 0, 1 -> {
          String id = Integer.toString(sends++);
          unanswered.add(id);
          client.say(send(id, "bob", "text " + id));
        }
        case 2, 3 -> {
          LiveBatch batch = mailbox.arrive("hi");
          if (chance.nextBoolean()) {
            fixture.feed.publish(batch);
          }
        }
        case 4 -> fixture.conversations.hold();
        case 5 -> fixture.conversations.release();
        case 6 -> fixture.conversations.silent(chance.nextBoolean());
        case 7 -> reconnect();
        case 8 -> client.say(new ClientFrame.Read(FakeConversations.threadOf(ALICE), last));
        default -> fixture.pass(chance.nextInt(3_000));
      }
      settle();
    }

    private void settle() {
      fixture.pass(chance.nextInt(20));
      read();
    }

    private void reconnect() {
      read();
      client.hangUp();
      client = fixture.connect();
      client.say(new ClientFrame.Hello("alice", "phone", Optional.of(last)));
      unanswered.forEach(id -> client.say(send(id, "bob", "text " + id)));
      fixture.pass(50);
      client.readOn();
    }

    private void read() {
      for (ServerFrame frame : client.take()) {
        if (frame instanceof ServerFrame.Message message) {
          event(message.message().position());
        } else if (frame instanceof ServerFrame.Update update) {
          event(update.seq());
        } else if (frame instanceof ServerFrame.Sent sent) {
          if (sent.seq().compareTo(last) > 0) {
            event(sent.seq());
          }
          assertThat(sent.message()).isPresent();
          unanswered.remove(sent.id());
        } else if (frame instanceof ServerFrame.Head head) {
          last = head.seq().compareTo(last) > 0 ? head.seq() : last;
        } else {
          assertThat(frame).isNotInstanceOf(ServerFrame.Gap.class);
        }
      }
    }

    private void event(Position position) {
      assertThat(position).isGreaterThan(last);
      last = position;
      seen.add(position);
    }
  }
}
