package io.tributary.codecs.mail;

import java.nio.charset.StandardCharsets;

/**
 * Walks over a message's header fields (RFC 5322 section 2.2), each with its folded lines, without
 * changing or understanding them. Ends at the empty line, at a line that is no field, or with the
 * bytes. A line ends with LF, before which a CR may stand.
 */
final class HeaderScan {
  private final byte[] bytes;
  private int start;
  private int colon;
  private int end;

  HeaderScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next field; false if there is none. */
  boolean next() {
    start = end;
    colon = start;
    while (colon < bytes.length && isNameOctet(bytes[colon])) {
      colon++;
    }
    int blank = colon;
    while (blank < bytes.length && isBlank(bytes[blank])) {
      blank++; // obsolete, RFC 5322 section 4.5, but seen
    }
    if (colon == start || blank == bytes.length || bytes[blank] != ':') {
      return false;
    }
    end = endOfLine(blank);
    while (end < bytes.length && isBlank(bytes[end])) {
      end = endOfLine(end);
    }
    return true;
  }

  /** The field's name, as it is written. */
  String name() {
    return new String(bytes, start, colon - start, StandardCharsets.US_ASCII);
  }

  /** Where the next field, or whatever follows, begins. */
  int end() {
    return end;
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, bytes.length);
  }

  private static boolean isNameOctet(byte octet) {
    return octet > ' ' && octet < 0x7f && octet != ':';
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
