package io.tributary.codecs.mail;

import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptor;

/**
 * The text of a mail and its parts. The text is the first text/plain that is no attachment; if
 * there is none, or it is blank, what can be read in the first such text/html. The text/plain that
 * was used is no part; all other leaves are, in order.
 */
final class MailBody {
  private static final int PARTS_MAX = 200;
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final int TYPE_CHARACTERS_MAX = 127;
  private static final String DEFAULT_TYPE = "application/octet-stream";

  /** Enough for {@link Content#TEXT_BYTES_MAX} in any charset, and for most of the markup. */
  private static final int READ_BYTES_MAX = 512 * 1024;

  private final KeptPart kept;
  private final List<Part> parts = new ArrayList<>();
  private Optional<String> plain = Optional.empty();
  private Optional<String> html = Optional.empty();

  MailBody(KeptPart kept) {
    this.kept = kept;
  }

  void add(BodyDescriptor descriptor, InputStream body) throws IOException {
    InputStream decoded = kept.watch(parts.size(), body);
    String type = type(descriptor);
    String name = name(descriptor);
    boolean inline = name.isEmpty() && !isAttachment(descriptor);
    if (inline && type.equals("text/plain") && plain.isEmpty()) {
      plain = Optional.of(text(descriptor, decoded));
      return;
    }
    if (inline && type.equals("text/html") && html.isEmpty()) {
      byte[] markup = decoded.readNBytes(READ_BYTES_MAX);
      html = Optional.of(CharsetGuess.decode(markup, descriptor.getCharset()));
      addPart(new Part(name, type, markup.length + rest(decoded)));
      return;
    }
    addPart(new Part(name, type, rest(decoded)));
  }

  String text() {
    return plain
        .filter(text -> !text.isBlank())
        .or(() -> html.map(HtmlText::of).map(MailBody::bounded))
        .orElse("");
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  private static String text(BodyDescriptor descriptor, InputStream decoded) throws IOException {
    return bounded(
        CharsetGuess.decode(decoded.readNBytes(READ_BYTES_MAX), descriptor.getCharset()));
  }

  private static String bounded(String text) {
    return PlainText.lines(text, Content.TEXT_BYTES_MAX);
  }

  private void addPart(Part part) {
    if (parts.size() < PARTS_MAX) {
      kept.ended(parts.size());
      parts.add(part);
    }
  }

  private static long rest(InputStream decoded) throws IOException {
    return decoded.transferTo(java.io.OutputStream.nullOutputStream());
  }

  private static String type(BodyDescriptor descriptor) {
    String type = descriptor.getMimeType();
    String clean =
        type == null
            ? ""
            : PlainText.only(
                type.toLowerCase(Locale.ROOT), c -> c > ' ' && c < 0x7f, TYPE_CHARACTERS_MAX);
    return clean.indexOf('/') > 0 ? clean : DEFAULT_TYPE;
  }

  private static boolean isAttachment(BodyDescriptor descriptor) {
    return descriptor instanceof MaximalBodyDescriptor maximal
        && "attachment".equalsIgnoreCase(maximal.getContentDispositionType());
  }

  private static String name(BodyDescriptor descriptor) {
    if (!(descriptor instanceof MaximalBodyDescriptor maximal)) {
      return "";
    }
    String name = maximal.getContentDispositionFilename();
    if (name == null) {
      Map<String, String> parameters = maximal.getContentTypeParameters();
      name = parameters == null ? null : parameters.get("name");
    }
    return name == null ? "" : shown(name);
  }

  /** Encoded words have no place in a parameter (RFC 2047 section 5), and are seen there. */
  private static String shown(String name) {
    String some = name.substring(0, Math.min(name.length(), 8 * NAME_CHARACTERS_MAX));
    return PlainText.line(
        DecoderUtil.decodeEncodedWords(some, DecodeMonitor.SILENT), NAME_CHARACTERS_MAX);
  }
}
