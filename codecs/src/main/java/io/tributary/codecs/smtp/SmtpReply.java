package io.tributary.codecs.smtp;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A server's answer (RFC 5321 section 4.2), with the enhanced status code of RFC 2034 on each of
 * its lines.
 *
 * @param code 200 to 599
 * @param status RFC 3463, for example {@code 5.1.1}; empty where RFC 2034 has none (greeting, the
 *     answer to EHLO, 3xx)
 * @param lines at least one; what is not printable ASCII is sent as '?', and each is cut so that it
 *     fits into 512 octets (RFC 5321 section 4.5.3.1.5)
 */
public record SmtpReply(int code, String status, List<String> lines) {
  private static final int LINE_OCTETS_MAX = 512;

  public SmtpReply {
    lines = List.copyOf(lines);
    if (code < 200 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException(
          "no reply has code " + code + " and " + lines.size() + " lines");
    }
    if (!status.isEmpty()
        && (!status.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")
            || status.charAt(0) - '0' != code / 100)) {
      throw new IllegalArgumentException("status " + status + " does not go with code " + code);
    }
  }

  public static SmtpReply of(int code, String status, String text) {
    return new SmtpReply(code, status, List.of(text));
  }

  /** Without an enhanced status code. */
  public static SmtpReply plain(int code, String... lines) {
    return new SmtpReply(code, "", List.of(lines));
  }

  /** The same, with words added to its last line. */
  public SmtpReply with(String words) {
    String[] longer = lines.toArray(String[]::new);
    longer[longer.length - 1] += words;
    return new SmtpReply(code, status, List.of(longer));
  }

  /** The sender may try again later. */
  public boolean isTransient() {
    return code / 100 == 4;
  }

  public boolean isPermanent() {
    return code / 100 == 5;
  }

  /** As it is sent, with CRLFs. */
  public Bytes encode() {
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String text = (status.isEmpty() ? "" : status + " ") + lines.get(i);
      sent.append(code)
          .append(i < lines.size() - 1 ? '-' : ' ')
          .append(printable(text.substring(0, Math.min(text.length(), LINE_OCTETS_MAX - 6))))
          .append("\r\n");
    }
    return Bytes.ofOwned(sent.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return shown.toString();
  }

  /** One line, for logs and tests. */
  @Override
  public String toString() {
    return code + (status.isEmpty() ? " " : " " + status + " ") + String.join(" / ", lines);
  }
}
