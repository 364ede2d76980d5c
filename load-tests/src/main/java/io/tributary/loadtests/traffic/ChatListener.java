package io.tributary.loadtests.traffic;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A device that only listens. When its connection ends it makes another and goes on where it was,
 * so that it hears everything, once.
 */
public final class ChatListener implements ChatSocket.Ear {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String DEVICE = "listener";

  private final ClientLoop loop;
  private final Supplier<InetSocketAddress> servers;
  private final LoadUser user;
  private final Marker marker;
  private final LiveBook live;
  private final Consumer<InetSocketAddress> lost;
  private InetSocketAddress server; // this and the next on the loop's thread
  private Optional<String> since = Optional.empty();

  /**
   * @param servers asked for each connection
   * @param live is told what came
   * @param lost is told of each connection that ended
   */
  public ChatListener(
      ClientLoop loop,
      Supplier<InetSocketAddress> servers,
      LoadUser user,
      Marker marker,
      LiveBook live,
      Consumer<InetSocketAddress> lost) {
    this.loop = loop;
    this.servers = servers;
    this.server = new InetSocketAddress(0);
    this.user = user;
    this.marker = marker;
    this.live = live;
    this.lost = lost;
  }

  /** Once; it goes on until the loop ends. */
  public void connect() {
    loop.later(Duration.ZERO, this::open);
  }

  private void open() {
    server = servers.get();
    ChatSocket.open(loop, server, new ChatSocket.Device(user.token(), DEVICE, since), this);
  }

  @Override
  public void heard(ServerFrame frame) {
    switch (frame.type()) {
      case "welcome" -> welcome(frame);
      case "gap" -> live.gap();
      case "message" -> {
        frame.text().flatMap(marker::idIn).ifPresent(id -> live.seen(user.name(), id));
        since = frame.seq().or(() -> since);
      }
      default -> {} // heads, presence, what others read
    }
  }

  private void welcome(ServerFrame frame) {
    if (since.isEmpty()) {
      since = frame.seq();
      live.listening();
    }
  }

  @Override
  public void lost(String why) {
    lost.accept(server);
    loop.later(PAUSE, this::open);
  }
}
