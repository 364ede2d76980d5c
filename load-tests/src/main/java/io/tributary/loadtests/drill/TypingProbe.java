package io.tributary.loadtests.drill;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who types without an end at one node, and somebody in the same thread who listens at
 * another. That they type is told by live events only, so what is heard shows that these get
 * through.
 */
final class TypingProbe {
  private static final Duration EVERY = Duration.ofMillis(700);
  private static final Duration AGAIN = Duration.ofMillis(300);

  private final ClientLoop loop;
  private final End typist;
  private final End reader;
  private final List<Long> heard = new ArrayList<>();

  /** Somebody at a node. */
  record End(LoadUser user, InetSocketAddress server) {}

  TypingProbe(ClientLoop loop, End typist, End reader) {
    this.loop = loop;
    this.typist = typist;
    this.reader = reader;
  }

  /** Once; it goes on until the loop ends. */
  void start() {
    loop.later(Duration.ZERO, new Reader()::open);
    loop.later(Duration.ZERO, new Typist()::open);
  }

  synchronized boolean heardAfter(long nanos) {
    return heard.stream().anyMatch(at -> at - nanos > 0);
  }

  private synchronized void hear() {
    heard.add(System.nanoTime());
  }

  /** The longest time without anything being heard, in seconds. */
  synchronized double longestSilence(Span span) {
    List<Long> times = new ArrayList<>(heard.stream().filter(span::holds).toList());
    times.add(span.toNanos());
    long longest = 0;
    long last = span.fromNanos();
    for (long time : times) {
      longest = Math.max(longest, time - last);
      last = time;
    }
    return longest / 1e9;
  }

  private final class Reader implements ChatSocket.Ear {
    void open() {
      ChatSocket.open(
          loop,
          reader.server(),
          new ChatSocket.Device(reader.user().token(), "reader", Optional.empty()),
          this);
    }

    @Override
    public void heard(ServerFrame frame) {
      if (frame.type().equals("typing")) {
        hear();
      }
    }

    @Override
    public void lost(String why) {
      loop.later(AGAIN, this::open);
    }
  }

  /** Everything on the loop's thread. */
  private final class Typist implements ChatSocket.Ear {
    private Optional<ChatSocket> socket = Optional.empty();
    private Optional<String> thread = Optional.empty();
    private boolean ticking;
    private boolean on;

    void open() {
      ChatSocket.Device device =
          new ChatSocket.Device(typist.user().token(), "typist", Optional.empty());
      socket = Optional.of(ChatSocket.open(loop, typist.server(), device, this));
    }

    @Override
    public void heard(ServerFrame frame) {
      switch (frame.type()) {
        case "welcome" -> begin();
        case "sent" -> type(frame);
        default -> {} // what happens to the user otherwise
      }
    }

    /** One message tells which thread it is. */
    private void begin() {
      if (thread.isEmpty()) {
        say(Frames.send("typing-" + System.nanoTime(), reader.user().name(), "I will type."));
      }
    }

    private void type(ServerFrame sent) {
      thread = sent.thread().or(() -> thread);
      if (!ticking) {
        ticking = true;
        tick();
      }
    }

    private void tick() {
      on = !on;
      thread.ifPresent(known -> say(Frames.typing(known, on)));
      loop.later(EVERY, this::tick);
    }

    private void say(String frame) {
      socket.ifPresent(open -> open.send(frame));
    }

    @Override
    public void lost(String why) {
      socket = Optional.empty();
      loop.later(AGAIN, this::open);
    }
  }
}
