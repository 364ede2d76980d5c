package io.tributary.cli.chat;

import io.tributary.cli.data.Trust;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Connections to one server. Blocking. */
final class ChatSockets {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI uri;
  private final HttpClient client;

  private ChatSockets(URI uri, HttpClient client) {
    this.uri = uri;
    this.client = client;
  }

  static ChatSockets to(HostPort server) {
    return to(server, Optional.empty());
  }

  /**
   * Encrypted if there is something to trust.
   *
   * @param ca PEM
   */
  static ChatSockets to(HostPort server, Optional<Path> ca) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    ca.map(ChatSockets::trusting).ifPresent(client::sslContext);
    String scheme = ca.isPresent() ? "wss://" : "ws://";
    return new ChatSockets(URI.create(scheme + server + "/chat"), client.build());
  }

  private static SSLContext trusting(Path ca) {
    try {
      return Trust.context(ca);
    } catch (IOException unusable) {
      throw new Failure("--ca: can't use " + ca + ": " + unusable.getMessage(), unusable);
    }
  }

  /** It can't be reached, or does not want to. */
  static final class NotConnected extends Exception {
    private static final long serialVersionUID = 1L;

    NotConnected(String message) {
      super(message, null, false, false);
    }
  }

  /** One connection. */
  interface Link {
    /** Waits until it is sent. */
    void send(String text) throws NotConnected;

    void close();
  }

  /** Connects. What comes goes to {@code events}, as events of connection {@code number}. */
  Link open(int number, Consumer<ChatEvent> events) throws NotConnected {
    CompletableFuture<WebSocket> opening =
        client
            .newWebSocketBuilder()
            .subprotocols("tributary.v1")
            .connectTimeout(PATIENCE)
            .buildAsync(uri, new Listener(number, events));
    WebSocket socket = await(opening, "can't reach " + uri.getAuthority());
    return new SocketLink(socket);
  }

  private static <T> T await(CompletableFuture<T> answer, String failing) throws NotConnected {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException | TimeoutException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new NotConnected(failing + " (" + cause + ")");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NotConnected("interrupted");
    }
  }

  private record SocketLink(WebSocket socket) implements Link {
    @Override
    public void send(String text) throws NotConnected {
      WebSocket unused = await(socket.sendText(text, true), "can't send");
    }

    @Override
    public void close() {
      try {
        WebSocket unused = await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""), "can't close");
      } catch (NotConnected gone) {
        socket.abort();
      }
    }
  }

  /** Puts the pieces of messages together. */
  private static final class Listener implements WebSocket.Listener {
    private final int number;
    private final Consumer<ChatEvent> events;
    private final StringBuilder pieces = new StringBuilder();

    Listener(int number, Consumer<ChatEvent> events) {
      this.number = number;
      this.events = events;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      pieces.append(data);
      if (last) {
        events.accept(new ChatEvent.Frame(number, pieces.toString()));
        pieces.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      String said = reason.isEmpty() ? "code " + code : reason;
      events.accept(new ChatEvent.Closed(number, "the connection was closed: " + said));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.accept(new ChatEvent.Closed(number, "the connection broke: " + error.getMessage()));
    }
  }
}
