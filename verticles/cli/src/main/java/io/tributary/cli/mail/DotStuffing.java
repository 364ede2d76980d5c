package io.tributary.cli.mail;

import java.io.ByteArrayOutputStream;

/** A message's bytes as DATA wants them (RFC 5321 section 4.5.2), with the ending line. */
final class DotStuffing {
  private DotStuffing() {}

  /** A dot before each line that begins with one; a missing last CRLF is added. */
  static byte[] stuffed(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 64);
    boolean lineBegins = true;
    int before = 0;
    for (byte current : message) {
      if (lineBegins && current == '.') {
        out.write('.');
      }
      out.write(current);
      lineBegins = before == '\r' && current == '\n';
      before = current;
    }
    if (!lineBegins) {
      out.write('\r');
      out.write('\n');
    }
    out.write('.');
    out.write('\r');
    out.write('\n');
    return out.toByteArray();
  }

  /**
   * A file with LF line ends throughout, as editors write it, gets CRLF; any other stays as it is.
   */
  static byte[] withNetworkLineEnds(byte[] file) {
    for (byte current : file) {
      if (current == '\r') {
        return file;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 64);
    for (byte current : file) {
      if (current == '\n') {
        out.write('\r');
      }
      out.write(current);
    }
    return out.toByteArray();
  }
}
