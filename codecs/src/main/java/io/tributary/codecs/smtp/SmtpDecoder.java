package io.tributary.codecs.smtp;

import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts what an SMTP client sends into {@link SmtpFrame}s, one at a time: after a frame, and at the
 * start, it waits for {@link #proceed}. So what stands behind a command is read as a command or as
 * mail data by the answer that the command got, however long that took.
 *
 * <p>One per connection, on the connection's event loop.
 */
public final class SmtpDecoder extends ChannelInboundHandlerAdapter {
  /**
   * With the CRLF. RFC 5321 section 4.5.3.1.4 says 512, extensions raise it; four times that is
   * accepted.
   */
  public static final int LINE_OCTETS_MAX = 2_048;

  public static final int CHUNK_BYTES_MAX = 64 * 1024;

  /** What the next octets are. */
  public enum Mode {
    COMMAND,
    DATA
  }

  /** Asks for the next frame. On the event loop; may be called while a frame is handed out. */
  public void proceed(Mode mode) {}
}
