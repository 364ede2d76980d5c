package io.tributary.codecs.sms;

/**
 * How many parts a text is sent in (3GPP TS 23.038 and 23.040). In GSM 7-bit a part holds 160
 * septets, and 153 beside a concatenation header; a text with any other character goes as UCS-2, 70
 * and 67 code units a part. What belongs together (an escape and its character, a surrogate pair)
 * is not divided.
 */
public final class SmsSegments {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENSION = "\f^{}\\[~]|€";

  private SmsSegments() {}

  /** At least 1. */
  public static int of(String text) {
    return text.codePoints().allMatch(SmsSegments::isGsm)
        ? parts(text, new Room(160, 153), true)
        : parts(text, new Room(70, 67), false);
  }

  /** What one part holds: alone, and with others. */
  private record Room(int alone, int joined) {}

  private static boolean isGsm(int c) {
    return BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0;
  }

  private static int parts(String text, Room room, boolean gsm) {
    int whole = 0;
    int joined = 1;
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int units = gsm ? (EXTENSION.indexOf(c) >= 0 ? 2 : 1) : Character.charCount(c);
      whole += units;
      used += units;
      if (used > room.joined()) {
        joined++;
        used = units;
      }
      at += Character.charCount(c);
    }
    return whole <= room.alone() ? 1 : joined;
  }
}
