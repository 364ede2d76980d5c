package io.tributary.codecs.smtp;

import io.tributary.codecs.message.Bytes;
import java.util.Set;

/** One unit of what an SMTP client sends. Immutable, not reference counted. */
public sealed interface SmtpFrame {

  /**
   * A command line of at most {@link SmtpDecoder#LINE_OCTETS_MAX} octets.
   *
   * @param line without its CRLF; it may hold any other octet, bare CR and LF too
   */
  record Command(Bytes line) implements SmtpFrame {}

  /**
   * A command line that was longer; it was read up to its CRLF and not kept.
   *
   * @param octets with its CRLF
   */
  record LineTooLong(long octets) implements SmtpFrame {}

  /**
   * Some octets of the message, in order, dots unstuffed.
   *
   * @param bytes 1 to {@link SmtpDecoder#CHUNK_BYTES_MAX}
   */
  record DataChunk(Bytes bytes) implements SmtpFrame {}

  /**
   * The message is complete.
   *
   * @param flaws found anywhere in it; a message with a flaw must be refused
   */
  record DataEnd(Set<DataFlaw> flaws) implements SmtpFrame {
    public DataEnd {
      flaws = Set.copyOf(flaws);
    }
  }
}
