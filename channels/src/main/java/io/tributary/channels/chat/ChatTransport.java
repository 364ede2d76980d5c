package io.tributary.channels.chat;

/** The connection, as a session sees it. Called on the session's thread only. */
public interface ChatTransport {

  /** Sends a text frame. Order is kept. */
  void write(String text);

  /**
   * Whether little enough waits to be sent. When it does again, the session is told by {@link
   * ChatSession#drained}.
   */
  boolean isWritable();

  /** Takes nothing more from the client until {@link #proceed}. */
  void pause();

  void proceed();

  /** Asks the other side for a pong. */
  void ping();

  /**
   * Closes after what was written has been sent. Closing twice is harmless.
   *
   * @param code of RFC 6455 section 7.4
   */
  void close(int code, String reason);

  /** Closes at once, dropping what could not be sent: for a client that does not read. */
  void abort();
}
