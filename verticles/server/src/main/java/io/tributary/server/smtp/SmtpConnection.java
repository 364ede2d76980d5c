package io.tributary.server.smtp;

import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpSession;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.tributary.codecs.smtp.SmtpFrame;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a socket and a session. This is the one place where a decoder is put into Vert.x's
 * pipeline. Owned by the socket's event loop.
 */
final class SmtpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
  private static final String VERTX_HANDLER = "handler";
  private static final String DECODER = "smtp";

  private SmtpConnection() {}

  /** To be called on the socket's event loop, before anything is read. */
  static void open(NetSocketInternal socket, SmtpHost host) {
    SmtpDecoder decoder = new SmtpDecoder();
    socket.channelHandlerContext().pipeline().addBefore(VERTX_HANDLER, DECODER, decoder);
    SmtpSession session =
        new SmtpSession(host, new SocketTransport(socket, decoder), peer(socket.remoteAddress()));
    socket.messageHandler(frame -> session.receive((SmtpFrame) frame));
    socket.closeHandler(ignored -> session.closed());
    socket.shutdownHandler(ignored -> session.shutDown());
    socket.exceptionHandler(SmtpConnection::log);
    session.open();
  }

  private static String peer(SocketAddress remote) {
    return remote.hostAddress() == null ? "unknown" : remote.hostAddress();
  }

  /** Resets are everyday; the close that follows ends the session. */
  private static void log(Throwable failure) {
    LOG.debug("event=smtp.connection_failed", failure);
  }
}
