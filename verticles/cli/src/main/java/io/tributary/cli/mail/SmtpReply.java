package io.tributary.cli.mail;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's answer (RFC 5321 section 4.2).
 *
 * @param lines without their code
 */
record SmtpReply(int code, List<String> lines) {
  private static final int LINES_MAX = 128;
  private static final int LINE_BYTES_MAX = 4_096;

  SmtpReply {
    lines = List.copyOf(lines);
  }

  boolean isGood() {
    return code / 100 == 2 || code / 100 == 3;
  }

  /** In one line. */
  String text() {
    return code + " " + String.join(" / ", lines);
  }

  /** Waits for a whole answer. */
  static SmtpReply read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < LINES_MAX) {
      String line = line(in);
      if (!line.matches("[2-5]\\d\\d([ -].*)?")) {
        throw new IOException("not an SMTP reply: " + line);
      }
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new SmtpReply(Integer.parseInt(line.substring(0, 3)), lines);
      }
    }
    throw new IOException("a reply of more than " + LINES_MAX + " lines");
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (line.length() == LINE_BYTES_MAX) {
        throw new IOException("a reply line of more than " + LINE_BYTES_MAX + " bytes");
      }
      line.append((char) next);
    }
    byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
  }
}
