package io.tributary.cli.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes a plain mail (RFC 5322, RFC 2045 to 2047), in ASCII on the wire whatever its text.
 *
 * @param subject one line
 */
record Mail(Address from, List<Address> to, String subject, String text) {
  private static final int LINE_MAX = 900;
  private static final int WORD_BYTES_MAX = 45;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  /** The bytes, with CRLF line ends. */
  byte[] bytes(UUID id, Instant now) {
    boolean plain = isPlain(text);
    String body =
        plain
            ? text.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
            : base64(text.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    String recipients = to.stream().map(Address::value).collect(Collectors.joining(",\r\n "));
    return String.join(
            "\r\n",
            "Message-ID: <" + id + "@" + from.domain() + ">",
            "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)),
            "From: " + from.value(),
            "To: " + recipients,
            "Subject: " + header(subject),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: " + (plain ? "7bit" : "base64"),
            "",
            body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isPlain(String text) {
    return text.lines().allMatch(line -> line.length() <= LINE_MAX)
        && text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f) || c == '\r')
        && !text.replace("\r\n", "").contains("\r");
  }

  private static String base64(byte[] bytes) {
    return Base64.getMimeEncoder().encodeToString(bytes);
  }

  /** As is, or in encoded words of whole characters (RFC 2047 section 5). */
  private static String header(String value) {
    if (value.length() <= LINE_MAX && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return value;
    }
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int at = 0; at < value.length(); at += Character.charCount(value.codePointAt(at))) {
      String character = Character.toString(value.codePointAt(at));
      if (utf8(word + character).length > WORD_BYTES_MAX) {
        words.add(word.toString());
        word.setLength(0);
      }
      word.append(character);
    }
    words.add(word.toString());
    return words.stream()
        .map(part -> "=?utf-8?B?" + Base64.getEncoder().encodeToString(utf8(part)) + "?=")
        .collect(Collectors.joining("\r\n "));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
