package io.tributary.channels.chat.testing;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.chat.ChatEnvironment;
import io.tributary.channels.chat.ChatGate;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatLimits;
import io.tributary.channels.chat.ChatPorts;
import io.tributary.channels.chat.ChatSettings;
import io.tributary.channels.chat.ChatTimes;
import io.tributary.channels.live.testing.FakeLiveFeed;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One node's chat on virtual time. Users: alice (1) and bob (2), with tokens of their names. */
public final class ChatFixture {
  public static final UserId ALICE = new UserId(1);
  public static final UserId BOB = new UserId(2);

  public final TestScheduler scheduler = new TestScheduler();
  public final FakeLiveFeed feed = new FakeLiveFeed(scheduler);
  public final FakeTokens tokens = new FakeTokens();
  public final FakeConversations conversations = new FakeConversations(feed);
  public final CountingChatObserver observer = new CountingChatObserver();
  public final ChatGate gate;
  private final ChatHost host;

  public ChatFixture() {
    this(new ChatGate.Bounds(100, 5), ChatLimits.DEFAULT);
  }

  public ChatFixture(ChatGate.Bounds bounds, ChatLimits limits) {
    this.gate = new ChatGate(bounds);
    this.host =
        new ChatHost(
            new ChatSettings("n1", ChatTimes.DEFAULT, limits),
            new ChatEnvironment(scheduler, new Random(1)),
            new ChatPorts(tokens, feed, conversations),
            gate,
            observer);
    user("alice", ALICE);
    user("bob", BOB);
  }

  public void user(String name, UserId id) {
    tokens.issue(name, id, name);
    conversations.user(Address.parse("chat:" + name), id);
  }

  public ChatHost host() {
    return host;
  }

  public ChatClient connect() {
    return new ChatClient(host, scheduler::triggerActions);
  }

  /** Connected, and welcomed; nothing taken yet. */
  public ChatClient greeted(String user, String device, Optional<Position> since) {
    ChatClient client = connect().say(new ClientFrame.Hello(user, device, since));
    pass(10);
    return client;
  }

  /** Connected, welcomed, with no frames left to take. */
  public ChatClient talking(String user, String device) {
    ChatClient client = greeted(user, device, Optional.empty());
    List<?> unused = client.take();
    return client;
  }

  public void pass(long millis) {
    scheduler.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
  }

  public void pass(Duration time) {
    pass(time.toMillis());
  }

  public static ClientFrame.Send send(String id, String to, String text) {
    return new ClientFrame.Send(id, Optional.empty(), List.of(to), "", text);
  }
}
