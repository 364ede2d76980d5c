package io.tributary.codecs.mail;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.References;
import java.util.List;
import java.util.Optional;

/** Reads a mail (RFC 5322, MIME) as far as it can be read. */
public final class MailReader {
  private MailReader() {}

  /** Never throws; bounded work on any input. The content's raw form is {@code raw} itself. */
  public static ReadMail read(Bytes raw) {
    Content content = new Content("", "", List.of(), raw, References.NONE);
    return new ReadMail(Optional.empty(), "", List.of(), content, false);
  }
}
