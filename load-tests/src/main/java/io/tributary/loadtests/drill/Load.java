package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Ledger;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.traffic.ChatListener;
import io.tributary.loadtests.traffic.ChatOutlet;
import io.tributary.loadtests.traffic.MailOutlet;
import io.tributary.loadtests.traffic.Outlet;
import io.tributary.loadtests.traffic.Rotation;
import io.tributary.loadtests.traffic.Senders;
import io.tributary.loadtests.traffic.SmsOutlet;
import io.tributary.loadtests.traffic.Texts;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * For each user a mail server, an SMS provider and a chat client that write to them without an end,
 * and a chat client that listens; spread over all nodes, from which they go to the next when they
 * lose one.
 */
final class Load implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(400);
  private static final Duration LISTENING_MAX = Duration.ofSeconds(60);
  private static final Duration FINISH_MAX = Duration.ofSeconds(120);

  private final Target target;
  private final List<Target.Node> nodes;
  private final Marker marker;
  private final Texts texts;
  private final ClientLoop loop = ClientLoop.open();
  private final Ledger ledger = new Ledger();
  private final LiveBook live = new LiveBook();
  private final Book book = new Book();
  private final Queue<InetSocketAddress> lostSockets = new ConcurrentLinkedQueue<>();
  private final Senders senders;

  /** Starts it; the listeners first. */
  Load(Target target, List<Target.Node> nodes, List<LoadUser> users, Marker marker) {
    this.target = target;
    this.nodes = List.copyOf(nodes);
    this.marker = marker;
    this.texts = new Texts(marker);
    listen(users);
    List<Outlet> outlets = new ArrayList<>();
    for (int number = 0; number < users.size(); number++) {
      outlets.addAll(outlets(users, number));
    }
    this.senders = new Senders(outlets, ledger, PAUSE);
  }

  private void listen(List<LoadUser> users) {
    for (int number = 0; number < users.size(); number++) {
      new ChatListener(loop, http(number), users.get(number), marker, live, lostSockets::add)
          .connect();
    }
    Await.until(LISTENING_MAX, () -> live.listeners() == users.size());
  }

  /** Those who write to one user. Each of them begins at another node. */
  private List<Outlet> outlets(List<LoadUser> users, int number) {
    LoadUser user = users.get(number);
    LoadUser next = users.get((number + 1) % users.size());
    ChatOutlet.Ends ends = new ChatOutlet.Ends(user, next, "drill");
    Rotation smtp =
        new Rotation(nodes.stream().map(node -> node.faces().smtp()).toList(), number + 1);
    return List.<Outlet>of(
            MailOutlet.plain(smtp, user, texts),
            new SmsOutlet(loop, http(number + 2), target, List.of(user), texts).from(next.phone()),
            new ChatOutlet(loop, http(number + 3), ends, texts, live))
        .stream()
        .<Outlet>map(outlet -> new WatchedOutlet(outlet, user.name(), book, live))
        .toList();
  }

  private Rotation http(int first) {
    return new Rotation(nodes.stream().map(node -> node.faces().http()).toList(), first);
  }

  Book book() {
    return book;
  }

  Ledger ledger() {
    return ledger;
  }

  LiveBook live() {
    return live;
  }

  Marker marker() {
    return marker;
  }

  /** Listeners' sockets that were lost, by where they led. */
  List<InetSocketAddress> lostSockets() {
    return List.copyOf(lostSockets);
  }

  /**
   * Lets every sender bring what it has to an acknowledgement.
   *
   * @return whether all did
   */
  boolean finish() {
    senders.finish();
    try {
      Await.until(FINISH_MAX, senders::finished);
      return true;
    } catch (IllegalStateException late) {
      return false;
    }
  }

  @Override
  public void close() {
    senders.close();
    loop.close();
  }
}
