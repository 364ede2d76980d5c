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
 * <p>Octets are decided on one by one, from left to right, so the result can't depend on how the
 * input was split.
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

  private static final int HELD_BACK_MAX = 2;

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
    byte[] octets =
        new byte[Math.min(in.readableBytes(), SmtpDecoder.CHUNK_BYTES_MAX - HELD_BACK_MAX)];
    in.getBytes(in.readerIndex(), octets);
    out = new byte[octets.length + HELD_BACK_MAX];
    length = 0;
    in.skipBytes(take(octets));
    if (length > 0) {
      return Optional.of(new SmtpFrame.DataChunk(chunk()));
    }
    return atEnd() ? Optional.of(new SmtpFrame.DataEnd(flaws)) : Optional.empty();
  }

  /** Takes octets to their end, or to the end of data; how many. */
  private int take(byte[] octets) {
    int taken = 0;
    while (taken < octets.length && !atEnd()) {
      int plain = state == State.TEXT ? plainFrom(octets, taken) : 0;
      if (plain > 0) {
        System.arraycopy(octets, taken, out, length, plain);
        length += plain;
        taken += plain;
      } else {
        take(octets[taken++]);
      }
    }
    return taken;
  }

  /** How many octets from there on mean nothing but themselves. */
  private static int plainFrom(byte[] octets, int from) {
    int at = from;
    while (at < octets.length && octets[at] != '\r' && octets[at] != '\n' && octets[at] != 0) {
      at++;
    }
    return at - from;
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
