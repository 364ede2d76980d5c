package io.tributary.server.chat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.tributary.channels.chat.ChatTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket as a session sees it. Owned by the socket's event loop. */
final class SocketTransport implements ChatTransport {
  private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);
  private static final Buffer NOTHING = Buffer.buffer(0);

  private static final String VERTX_HANDLER = "handler";

  private final ServerWebSocket socket;
  private final Channel channel;
  private boolean closed;

  /**
   * @param channel what the socket runs on
   */
  SocketTransport(ServerWebSocket socket, Channel channel) {
    this.socket = socket;
    this.channel = channel;
  }

  @Override
  public void write(String text) {
    if (isOpen()) {
      watch(socket.writeTextMessage(text));
    }
  }

  @Override
  public boolean isWritable() {
    return !isOpen() || !socket.writeQueueFull();
  }

  @Override
  public void pause() {
    if (isOpen()) {
      socket.pause();
    }
  }

  @Override
  public void proceed() {
    if (isOpen()) {
      socket.resume();
    }
  }

  @Override
  public void ping() {
    if (isOpen()) {
      watch(socket.writePing(NOTHING));
    }
  }

  @Override
  public void close(int code, String reason) {
    if (isOpen()) {
      closed = true;
      socket.resume(); // the client's close frame must get through
      watch(socket.close((short) code, reason));
    }
  }

  @Override
  public void abort() {
    closed = true;
    // from Vert.x's handler on, past its close, which waits for the writes that can't be sent
    ChannelHandlerContext vertx = channel.pipeline().context(VERTX_HANDLER);
    if (vertx != null) {
      vertx.close();
    }
  }

  private boolean isOpen() {
    return !closed && !socket.isClosed();
  }

  /** Connections break every day; the close that follows ends the session. */
  private static void watch(Future<Void> sent) {
    sent.onFailure(failure -> LOG.debug("event=chat.not_sent", failure));
  }
}
