package io.tributary.server.smtp;

import io.tributary.channels.smtp.SmtpTransport;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * A socket as a session sees it. A client that sends commands but does not read the replies is not
 * read from either, until it does. Owned by the socket's event loop.
 */
final class SocketTransport implements SmtpTransport {
  private final NetSocketInternal socket;
  private final SmtpDecoder decoder;
  private SmtpDecoder.@Nullable Mode heldBack;
  private boolean closed;

  SocketTransport(NetSocketInternal socket, SmtpDecoder decoder) {
    this.socket = socket;
    this.decoder = decoder;
    socket.drainHandler(ignored -> drained());
  }

  @Override
  public void write(Bytes bytes) {
    if (!closed) {
      socket.write(Buffer.buffer(bytes.unsafeArray()));
    }
  }

  @Override
  public void proceed(SmtpDecoder.Mode mode) {
    if (closed) {
      return;
    }
    if (socket.writeQueueFull()) {
      heldBack = mode;
    } else {
      decoder.proceed(mode);
    }
  }

  private void drained() {
    SmtpDecoder.Mode mode = heldBack;
    heldBack = null;
    if (mode != null) {
      proceed(mode);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      socket.close();
    }
  }

  @Override
  public void abort() {
    closed = true;
    socket.channelHandlerContext().channel().close();
  }
}
