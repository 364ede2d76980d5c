package io.tributary.cli.chat;

import io.tributary.cli.shell.Failure;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ClientFrames;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrameParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for lines and frames in turn, and connects again when a connection ends. */
final class ChatLoop {
  /** For answers, once nothing more is typed. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

  private static final long AGAIN_FIRST_MILLIS = 250;
  private static final int AGAIN_DOUBLINGS_MAX = 5;
  private static final long RESEND_MILLIS = 1_000;

  private final ChatSockets sockets;
  private final Dialogue dialogue;
  private final InputStream input;
  private final BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();
  private ChatSockets.@Nullable Link link;
  private boolean listening;
  private int connection;
  private int failures;
  private long connectNanos;
  private long resendNanos;
  private Optional<Long> endNanos = Optional.empty();

  ChatLoop(ChatSockets sockets, Dialogue dialogue, InputStream input) {
    this.sockets = sockets;
    this.dialogue = dialogue;
    this.input = input;
  }

  /** Until the end; the exit code. */
  int run() {
    connect();
    while (!isOver()) {
      turn();
    }
    if (link != null) {
      link.close();
    }
    return dialogue.isAllSent() ? 0 : 1;
  }

  private boolean isOver() {
    boolean ending = endNanos.isPresent() || dialogue.wantsToQuit();
    if (!ending) {
      return false;
    }
    long end = endNanos.orElseGet(this::endSoon);
    return (dialogue.isAnswered() && events.isEmpty()) || System.nanoTime() - end > 0;
  }

  private long endSoon() {
    long end = System.nanoTime() + LAST_ANSWERS.toNanos();
    endNanos = Optional.of(end);
    return end;
  }

  private void turn() {
    if (link == null && System.nanoTime() - connectNanos >= 0) {
      connect();
    }
    if (link != null && !dialogue.isAnswered() && System.nanoTime() - resendNanos >= 0) {
      resend();
    }
    ChatEvent event = next();
    if (event instanceof ChatEvent.Line line) {
      dialogue.typed(line.text()).ifPresent(this::send);
    } else if (event instanceof ChatEvent.EndOfInput) {
      long unused = endSoon();
    } else if (event instanceof ChatEvent.Frame frame && frame.connection() == connection) {
      take(frame.text());
    } else if (event instanceof ChatEvent.Closed closed && closed.connection() == connection) {
      lost(closed.why());
    }
  }

  private @Nullable ChatEvent next() {
    try {
      return events.poll(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure("chat: interrupted", interrupted);
    }
  }

  private void connect() {
    connection++;
    try {
      link = sockets.open(connection, events::add);
      send(dialogue.hello());
    } catch (ChatSockets.NotConnected failed) {
      if (!dialogue.wasWelcomed()) {
        throw new Failure("chat: " + failed.getMessage(), failed);
      }
      again();
    }
  }

  private void again() {
    link = null;
    long most = AGAIN_FIRST_MILLIS << Math.min(failures++, AGAIN_DOUBLINGS_MAX);
    long millis = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    connectNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void lost(String why) {
    if (link != null) {
      dialogue.lost(why + "; connecting again");
      again();
    }
  }

  private void send(ClientFrame frame) {
    if (link == null) {
      return; // it is sent with the next connection
    }
    try {
      link.send(ClientFrames.write(frame));
    } catch (ChatSockets.NotConnected gone) {
      lost(String.valueOf(gone.getMessage()));
    }
  }

  /** What was not answered, or to be tried again: with the same ids that is harmless. */
  private void resend() {
    resendLater();
    if (dialogue.wasWelcomed()) {
      dialogue.unanswered().forEach(this::send);
    }
  }

  private void resendLater() {
    resendNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESEND_MILLIS);
  }

  private void take(String text) {
    Optional<ServerFrame> frame = ServerFrameParser.parse(text);
    if (frame.isEmpty()) {
      return;
    }
    if (frame.get() instanceof ServerFrame.Bye bye) {
      bye(bye);
      return;
    }
    if (dialogue.take(frame.get())) {
      reconnect();
      return;
    }
    dialogue.came(text);
    if (frame.get() instanceof ServerFrame.Welcome) {
      failures = 0;
      dialogue.unanswered().forEach(this::send);
      resendLater();
    } else if (frame.get() instanceof ServerFrame.Head && !listening) {
      listening = true;
      listen();
    }
  }

  /** The first welcome said where the mailbox ends; now from a little before. */
  private void reconnect() {
    if (link != null) {
      link.close();
    }
    connect();
  }

  private void bye(ServerFrame.Bye bye) {
    if (bye.retryAfterMillis().isEmpty()) {
      throw new Failure("chat: " + bye.reason() + "; a valid token of the user is needed");
    }
    lost(bye.reason());
    connectNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(bye.retryAfterMillis().get());
  }

  /** Lines are taken once the newest messages are there: they go where those came from. */
  private void listen() {
    Thread reader = new Thread(this::readLines, "input");
    reader.setDaemon(true);
    reader.start();
  }

  private void readLines() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(new ChatEvent.Line(line));
      }
    } catch (IOException ended) {
      // as if it had ended
    }
    events.add(new ChatEvent.EndOfInput());
  }
}
