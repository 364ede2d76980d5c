package io.tributary.channels.smtp;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.SmtpDecoder;

/** The connection, as a session sees it. Called on the session's thread only. */
public interface SmtpTransport {

  /** Sends. Order is kept. */
  void write(Bytes bytes);

  /** Asks the connection's {@link SmtpDecoder} for the next frame. */
  void proceed(SmtpDecoder.Mode mode);

  /** Closes after what was written has been sent. Closing twice is harmless. */
  void close();

  /** Closes at once, dropping what could not be sent: for a client that does not read. */
  void abort();
}
