package io.tributary.loadtests;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A device that only listens. When its connection ends it makes another and goes on where it was,
 * so that it hears everything, once.
 */
final class ChatListener implements ChatSocket.Ear {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String DEVICE = "listener";

  private final ClientLoop loop;
  private final InetSocketAddress server;
  private final LoadUser user;
  private final Marker marker;
  private final LiveBook live;
  private Optional<String> since = Optional.empty(); // on the loop's thread

  /**
   * @param live is told what came
   */
  ChatListener(
      ClientLoop loop, InetSocketAddress server, LoadUser user, Marker marker, LiveBook live) {
    this.loop = loop;
    this.server = server;
    this.user = user;
    this.marker = marker;
    this.live = live;
  }

  /** Once; it goes on until the loop ends. */
  void connect() {
    loop.later(Duration.ZERO, this::open);
  }

  private void open() {
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
    loop.later(PAUSE, this::open);
  }
}
