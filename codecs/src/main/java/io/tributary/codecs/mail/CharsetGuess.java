package io.tributary.codecs.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Text of bytes whose charset is declared, or wrongly declared, or not declared. A known charset is
 * believed; without one, or with US-ASCII, it is UTF-8 if it can be, else Windows-1252.
 */
final class CharsetGuess {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private CharsetGuess() {}

  /** Never throws; what can't be decoded is U+FFFD. */
  static String decode(byte[] bytes, @Nullable String declared) {
    Charset known = declared == null ? null : CharsetUtil.lookup(declared);
    if (known == null || known.equals(StandardCharsets.US_ASCII)) {
      return guessed(bytes);
    }
    return new String(bytes, known);
  }

  private static String guessed(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, WINDOWS_1252);
    }
  }
}
