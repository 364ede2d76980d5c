package io.tributary.codecs.mail;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Reads a mail (RFC 5322, MIME) as far as it can be read.
 *
 * <p>The bytes are hostile until shown otherwise. What keeps the work bounded: each step is linear
 * in the input except where its input was cut to a few KiB first; nesting and the number of parts
 * have limits, at which reading stops; mails inside mails are parts, not read.
 */
public final class MailReader {
  static final int DEPTH_MAX = 10;
  static final int ENTITIES_MAX = 1_000;
  private static final int BOUNDARY_CHARACTERS_MAX = 100;

  /** The limits are ours, so mime4j's own, at which it throws everything away, are off. */
  private static final MimeConfig LENIENT =
      new MimeConfig.Builder()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxContentLen(-1)
          .build();

  private final MailHeaders headers = new MailHeaders();
  private final MailBody body;

  private MailReader(KeptPart kept) {
    body = new MailBody(kept);
  }

  /** Never throws; bounded work on any input. The content's raw form is {@code raw} itself. */
  public static ReadMail read(Bytes raw) {
    MailReader reader = new MailReader(new KeptPart(KeptPart.NONE));
    reader.readAll(raw);
    return reader.result(raw);
  }

  /**
   * One part without its transfer encoding, never longer than {@code raw}. Never throws; bounded
   * work on any input.
   *
   * @param index as in the parts that {@link #read} lists; empty if it lists none there
   */
  public static Optional<Bytes> part(Bytes raw, int index) {
    KeptPart kept = new KeptPart(index);
    new MailReader(kept).readAll(raw);
    return kept.bytes();
  }

  private void readAll(Bytes raw) {
    MimeTokenStream stream =
        new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, BoundedDescriptor.lenient());
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      stream.parse(new ByteArrayInputStream(raw.unsafeArray()));
      walk(stream);
    } catch (MimeException | IOException | RuntimeException unreadable) {
      // what was read up to there counts
    }
  }

  private void walk(MimeTokenStream stream) throws MimeException, IOException {
    int depth = 0;
    int entities = 0;
    EntityState state = stream.getState();
    while (state != EntityState.T_END_OF_STREAM && depth <= DEPTH_MAX && entities <= ENTITIES_MAX) {
      switch (state) {
        case T_START_MULTIPART -> depth += isSearchable(stream) ? 1 : DEPTH_MAX + 1;
        case T_END_MULTIPART -> depth--;
        case T_START_BODYPART -> entities++;
        case T_FIELD -> {
          if (entities == 0 && depth == 0) {
            headers.add(stream.getField());
          }
        }
        case T_BODY -> body.add(stream.getBodyDescriptor(), stream.getDecodedInputStream());
        default -> {}
      }
      state = stream.next();
    }
  }

  /** A long boundary of one character makes the search for it slow; honest ones have 70 at most. */
  private static boolean isSearchable(MimeTokenStream stream) {
    String boundary = stream.getBodyDescriptor().getBoundary();
    return boundary != null && boundary.length() <= BOUNDARY_CHARACTERS_MAX;
  }

  private ReadMail result(Bytes raw) {
    Content content =
        new Content(headers.subject(), body.text(), body.parts(), raw, headers.references());
    return new ReadMail(
        headers.fromAddress(), headers.fromName(), headers.to(), content, headers.hasIdentity());
  }
}
