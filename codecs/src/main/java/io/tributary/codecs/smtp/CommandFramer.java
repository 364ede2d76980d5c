package io.tributary.codecs.smtp;

import io.netty.buffer.ByteBuf;
import io.tributary.codecs.message.Bytes;
import java.util.Optional;

/**
 * Cuts command lines. A line ends with CRLF and with nothing else (RFC 5321 section 2.3.8), so a
 * bare CR or LF stays inside it, for the command parser to refuse.
 */
final class CommandFramer {
  private static final int CRLF_OCTETS = 2;

  /** Octets of a line known to be too long that were dropped; 0 while none is. */
  private long dropped;

  /** Takes one frame, or takes nothing but what a line too long has of it, and is empty. */
  Optional<SmtpFrame> next(ByteBuf in) {
    return dropped > 0 ? drop(in) : line(in);
  }

  private Optional<SmtpFrame> line(ByteBuf in) {
    int looked = Math.min(in.readableBytes(), SmtpDecoder.LINE_OCTETS_MAX);
    int octets = crlf(in, looked);
    if (octets >= 0) {
      byte[] line = new byte[octets];
      in.readBytes(line).skipBytes(CRLF_OCTETS);
      return Optional.of(new SmtpFrame.Command(Bytes.ofOwned(line)));
    }
    return looked < SmtpDecoder.LINE_OCTETS_MAX ? Optional.empty() : drop(in);
  }

  private Optional<SmtpFrame> drop(ByteBuf in) {
    int octets = crlf(in, in.readableBytes());
    if (octets >= 0) {
      long total = dropped + octets + CRLF_OCTETS;
      in.skipBytes(octets + CRLF_OCTETS);
      dropped = 0;
      return Optional.of(new SmtpFrame.LineTooLong(total));
    }
    int kept = endsWithCr(in) ? 1 : 0; // its LF may be the next octet
    dropped += in.readableBytes() - kept;
    in.skipBytes(in.readableBytes() - kept);
    return Optional.empty();
  }

  /** How many of the first {@code looked} octets stand before a whole CRLF in them, or -1. */
  private static int crlf(ByteBuf in, int looked) {
    int start = in.readerIndex();
    int from = start;
    while (true) {
      int lf = in.indexOf(from, start + looked, (byte) '\n');
      if (lf < 0) {
        return -1;
      }
      if (lf > start && in.getByte(lf - 1) == '\r') {
        return lf - 1 - start;
      }
      from = lf + 1;
    }
  }

  private static boolean endsWithCr(ByteBuf in) {
    return in.isReadable() && in.getByte(in.writerIndex() - 1) == '\r';
  }
}
