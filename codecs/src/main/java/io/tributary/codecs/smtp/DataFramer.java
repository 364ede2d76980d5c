package io.tributary.codecs.smtp;

import io.netty.buffer.ByteBuf;
import io.tributary.codecs.message.Bytes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts mail data and removes the dots that transparency added (RFC 5321 section 4.5.2). It ends at
 * a line that is a lone dot, where a line ends with CRLF and with nothing else: other servers' idea
 * of an end of data (LF.LF, CR.CR …) is content here, noted as a flaw.
 *
 * <p>Octets are decided on one by one, so the result can't depend on how the input was split.
 */
final class DataFramer {
  /** Where the last octet left off. */
  private enum State {
    LINE_START,
    /** A dot at the start of a line, held back. */
    DOT,
    /** That dot and a CR, both held back. */
    DOT_CR,
    TEXT,
    /** A CR, held back. */
    CR,
    END
  }

  private State state = State.LINE_START; // DATA's own CRLF counts, RFC 5321 section 4.1.1.4
  private final Set<DataFlaw> flaws = EnumSet.noneOf(DataFlaw.class);
  private byte[] out = {};
  private int length;

  /** Whether the next frame is there without more input. */
  boolean atEnd() {
    return state == State.END;
  }

  /**
   * Takes octets until a chunk is full, the data ends or the input does. Empty only if the input is
   * used up and gave nothing.
   */
  Optional<SmtpFrame> next(ByteBuf in) {
    if (atEnd()) {
      return Optional.of(new SmtpFrame.DataEnd(flaws));
    }
    // one octet may release two that were held back
    out = new byte[Math.min(in.readableBytes() + 2, SmtpDecoder.CHUNK_BYTES_MAX)];
    length = 0;
    while (in.isReadable() && !atEnd() && length <= out.length - 2) {
      take(in.readByte());
    }
    if (length > 0) {
      return Optional.of(new SmtpFrame.DataChunk(chunk()));
    }
    return atEnd() ? Optional.of(new SmtpFrame.DataEnd(flaws)) : Optional.empty();
  }

  private Bytes chunk() {
    return Bytes.ofOwned(length == out.length ? out : Arrays.copyOf(out, length));
  }

  private void take(byte octet) {
    switch (state) {
      case LINE_START -> {
        if (octet == '.') {
          state = State.DOT;
        } else {
          text(octet);
        }
      }
      case DOT -> {
        if (octet == '\r') {
          state = State.DOT_CR;
        } else {
          text(octet); // the dot was stuffed
        }
      }
      case DOT_CR -> {
        if (octet == '\n') {
          state = State.END;
        } else {
          bareCr(octet);
        }
      }
      case CR -> {
        if (octet == '\n') {
          emit((byte) '\r');
          emit((byte) '\n');
          state = State.LINE_START;
        } else {
          bareCr(octet);
        }
      }
      case TEXT -> text(octet);
      case END -> throw new IllegalStateException("nothing is taken after the end of data");
    }
  }

  private void bareCr(byte next) {
    flaws.add(DataFlaw.BARE_CR);
    emit((byte) '\r');
    text(next);
  }

  private void text(byte octet) {
    if (octet == '\r') {
      state = State.CR;
      return;
    }
    if (octet == '\n') {
      flaws.add(DataFlaw.BARE_LF);
    } else if (octet == 0) {
      flaws.add(DataFlaw.NUL);
    }
    emit(octet);
    state = State.TEXT;
  }

  private void emit(byte octet) {
    out[length++] = octet;
  }
}
