package io.tributary.loadtests.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line {@code [load RUN-NUMBER]} at the beginning of a message's text, by which the audit knows
 * it again.
 *
 * @param run lower-case letters and digits, another for every run
 */
public record Marker(String run) {
  private static final Pattern MARK = Pattern.compile("\\[load ([0-9a-z]+)-(\\d+)]");

  /** An id that sorts by its number. */
  public String id(long number) {
    return "%s-%08d".formatted(run, number);
  }

  /** A text of about so many characters that carries the id. */
  public static String text(String id, int characters) {
    String mark = "[load " + id + "]";
    StringBuilder text = new StringBuilder(mark);
    for (int line = 1; text.length() < characters; line++) {
      text.append(line == 1 ? " " : "\n").append("line ").append(line).append(" of ").append(id);
    }
    text.setLength(Math.max(mark.length(), Math.min(characters, text.length())));
    return text.toString().stripTrailing();
  }

  /** The id in a text, if it is one of this run. */
  public Optional<String> idIn(String text) {
    Matcher mark = MARK.matcher(text);
    return mark.lookingAt() && mark.group(1).equals(run)
        ? Optional.of(mark.group(1) + "-" + mark.group(2))
        : Optional.empty();
  }
}
