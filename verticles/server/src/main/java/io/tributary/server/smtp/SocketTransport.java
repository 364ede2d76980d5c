package io.tributary.server.smtp;

import io.tributary.channels.smtp.SmtpTransport;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * A socket as a session sees it. The decoder hands out no frame while the client does not read its
 * replies, so what is written here stays bounded. Owned by the socket's event loop.
 */
final class SocketTransport implements SmtpTransport {
  private final NetSocketInternal socket;
  private final SmtpDecoder decoder;
  private boolean closed;

  SocketTransport(NetSocketInternal socket, SmtpDecoder decoder) {
    this.socket = socket;
    this.decoder = decoder;
  }

  @Override
  public void write(Bytes bytes) {
    if (!closed) {
      socket.write(Buffer.buffer(bytes.unsafeArray()));
    }
  }

  @Override
  public void proceed(SmtpDecoder.Mode mode) {
    if (!closed) {
      decoder.proceed(mode);
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
    // from Vert.x's handler on, past its close, which waits for the writes that can't be sent
    socket.channelHandlerContext().close();
  }
}
