package io.tributary.channels.smtp;

import io.tributary.codecs.smtp.SmtpFrame;

/**
 * One SMTP session (RFC 5321 section 3), from greeting to close. Single-threaded: every call, and
 * everything it does, happens on the thread of {@link SmtpEnvironment#scheduler}.
 */
public final class SmtpSession {
  private final SmtpHost host;
  private final SmtpTransport transport;
  private final String peer;

  /**
   * @param peer the client's IP address, for logs
   */
  public SmtpSession(SmtpHost host, SmtpTransport transport, String peer) {
    this.host = host;
    this.transport = transport;
    this.peer = peer;
  }

  /** The connection is there: greets, or turns it away. Once. */
  public void open() {}

  /** The frame asked for by {@link SmtpTransport#proceed}. */
  public void receive(SmtpFrame frame) {}

  /** The connection is gone, whoever closed it. What is in flight is still awaited and counted. */
  public void closed() {}

  /** The server stops: answers what is owed, then 421, and closes the transport. */
  public void shutDown() {}
}
