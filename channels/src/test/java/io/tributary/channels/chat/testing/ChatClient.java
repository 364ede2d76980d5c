package io.tributary.channels.chat.testing;

import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatSession;
import io.tributary.channels.chat.ChatTransport;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ClientFrames;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrameParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A client and its connection to a real session, without a socket. */
public final class ChatClient {
  private final ChatSession session;
  private final Runnable settle;
  private final List<ServerFrame> frames = new ArrayList<>();
  private final Deque<String> unread = new ArrayDeque<>();
  private boolean reads = true;
  private boolean answersPings = true;
  private boolean paused;
  private boolean open = true;
  private boolean aborted;
  private int pings;
  private int unsent;
  private Optional<Integer> closeCode = Optional.empty();

  /**
   * Connects.
   *
   * @param settle called after each input: lets whatever is due at once happen
   */
  public ChatClient(ChatHost host, Runnable settle) {
    this.settle = settle;
    this.session = new ChatSession(host, new Transport());
    session.open();
    settle.run();
  }

  public ChatClient say(ClientFrame frame) {
    return say(ClientFrames.write(frame));
  }

  public ChatClient say(String text) {
    unread.add(text);
    deliver();
    return this;
  }

  private void deliver() {
    while (open && !paused && !unread.isEmpty()) {
      session.receive(unread.remove());
      settle.run();
    }
  }

  /** All frames since the last call. */
  public List<ServerFrame> take() {
    List<ServerFrame> taken = List.copyOf(frames);
    frames.clear();
    return taken;
  }

  /** The frames of a type since the last {@link #take}. */
  public <F extends ServerFrame> List<F> all(Class<F> type) {
    return frames.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public ServerFrame last() {
    return frames.get(frames.size() - 1);
  }

  public ChatClient stopReading() {
    reads = false;
    return this;
  }

  public void readOn() {
    reads = true;
    unsent = 0;
    session.drained();
    settle.run();
    deliver();
  }

  /** Frames that were written though the client does not read. */
  public int unsent() {
    return unsent;
  }

  public ChatClient stopAnsweringPings() {
    answersPings = false;
    return this;
  }

  public void hangUp() {
    if (open) {
      open = false;
      session.closed();
      settle.run();
    }
  }

  public ChatSession session() {
    return session;
  }

  public boolean isOpen() {
    return open;
  }

  public boolean isAborted() {
    return aborted;
  }

  public boolean isPaused() {
    return paused;
  }

  public Optional<Integer> closeCode() {
    return closeCode;
  }

  public int pings() {
    return pings;
  }

  private final class Transport implements ChatTransport {
    @Override
    public void write(String text) {
      frames.add(ServerFrameParser.parse(text).orElseThrow());
      if (!reads) {
        unsent++;
      }
    }

    @Override
    public boolean isWritable() {
      return reads;
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void proceed() {
      paused = false;
    }

    @Override
    public void ping() {
      pings++;
      if (answersPings && reads) {
        session.pong();
      }
    }

    @Override
    public void close(int code, String reason) {
      closeCode = closeCode.or(() -> Optional.of(code));
      if (reads && open) {
        open = false;
        session.closed();
      }
    }

    @Override
    public void abort() {
      aborted = true;
      if (open) {
        open = false;
        session.closed();
      }
    }
  }
}
