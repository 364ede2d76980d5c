package io.tributary.server.chat;

import io.netty.channel.Channel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatSession;
import io.tributary.codecs.chat.ClientFrames;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins a WebSocket and a session. Owned by the socket's event loop. */
final class ChatSocket {
  private static final Logger LOG = LoggerFactory.getLogger(ChatSocket.class);

  /** Beside the last frame: what a client that does not read takes here, thousands of times. */
  private static final int UNSENT_BYTES_MAX = 32 * 1024;

  private final SocketTransport transport;
  private final ChatSession session;
  private final TextMessages messages;

  private ChatSocket(ServerWebSocket socket, Channel channel, ChatHost host) {
    this.transport = new SocketTransport(socket, channel);
    this.session = new ChatSession(host, transport);
    this.messages = new TextMessages(ClientFrames.FRAME_MAX, session::receive, this::wrong);
  }

  /**
   * To be called on the socket's event loop, before anything is read.
   *
   * @param open holds its session while it is open
   */
  static void open(ServerWebSocket socket, Channel channel, ChatHost host, Set<ChatSession> open) {
    PingLimit.install(channel);
    ChatSocket opened = new ChatSocket(socket, channel, host);
    socket.setWriteQueueMaxSize(UNSENT_BYTES_MAX);
    socket.frameHandler(opened.messages::receive);
    socket.pongHandler(pong -> opened.session.pong());
    socket.drainHandler(ignored -> opened.session.drained());
    open.add(opened.session);
    socket.closeHandler(
        ignored -> {
          open.remove(opened.session);
          opened.session.closed();
        });
    socket.shutdownHandler(ignored -> opened.session.shutDown());
    socket.exceptionHandler(opened::failed);
    opened.session.open();
  }

  private void wrong(int closeCode, String reason) {
    if (closeCode == TextMessages.NOT_TEXT) {
      session.receiveOther();
    } else {
      transport.close(closeCode, reason);
    }
  }

  /** What is no WebSocket frame ends the connection, by its code (RFC 6455 section 7.4.1). */
  private void failed(Throwable failure) {
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      transport.close(corrupted.closeStatus().code(), corrupted.closeStatus().reasonText());
    } else if (failure instanceof DecompressionException
        || failure.getCause() instanceof DecompressionException) {
      transport.close(TextMessages.TOO_BIG, "inflates to too much, or not at all");
    } else {
      LOG.debug("event=chat.connection_failed", failure);
    }
  }
}
