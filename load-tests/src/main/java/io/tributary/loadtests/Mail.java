package io.tributary.loadtests;

import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Posting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One test mail: what goes over the wire, and what must come out again.
 *
 * @param id unique, also in its Message-ID
 * @param raw bytes before dot-stuffing, ending in CRLF
 */
public record Mail(String id, String from, String to, byte[] raw) {
  private static final int LINE_BYTES = 76;

  /**
   * A mail with what breaks careless servers: lines that begin with dots, 8-bit bytes, blank lines.
   */
  public static Mail draw(String id, String to, int bodyBytes, RandomGenerator random) {
    String from = "sender@elsewhere.example";
    ByteArrayOutputStream raw = new ByteArrayOutputStream(bodyBytes + 512);
    raw.writeBytes(
        ("Message-ID: <%s@elsewhere.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: drill %s\r\n\r\n"
                .formatted(id, from, to, id))
            .getBytes(StandardCharsets.US_ASCII));
    while (raw.size() < bodyBytes) {
      raw.writeBytes(line(random));
    }
    return new Mail(id, from, to, raw.toByteArray());
  }

  /** A mail whose readable text is this; lines end in LF there and in CRLF here. */
  public static Mail plain(String id, String to, String text) {
    String from = "sender@elsewhere.example";
    String raw =
        "Message-ID: <%s@elsewhere.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: load %s\r\n\r\n%s\r\n"
            .formatted(id, from, to, id, text.replace("\n", "\r\n"));
    return new Mail(id, from, to, raw.getBytes(StandardCharsets.US_ASCII));
  }

  /** What the drill's audit must find: the bytes, exactly. */
  public Posting posting() {
    return new Posting(id, Set.of(to), Digests.of(raw));
  }

  private static byte[] line(RandomGenerator random) {
    byte[] line = new byte[random.nextInt(LINE_BYTES) + 2];
    for (int i = 0; i < line.length - 2; i++) {
      line[i] = visible(random);
    }
    if (line.length > 4 && random.nextInt(4) == 0) {
      line[0] = '.';
    }
    line[line.length - 2] = '\r';
    line[line.length - 1] = '\n';
    return line;
  }

  private static byte visible(RandomGenerator random) {
    return random.nextInt(50) == 0
        ? (byte) random.nextInt(0xA0, 0x100)
        : (byte) random.nextInt(0x20, 0x7F);
  }
}
