package io.tributary.config;

/**
 * One thing that is wrong.
 *
 * @param key dotted, or the name of the file if it is the whole of it
 * @param value what was found
 * @param allowed what would have been accepted
 * @param origin where it stands, for example {@code tributary.yaml line 12}; may be empty
 */
public record Problem(String key, String value, String allowed, String origin) {
  /** With which {@code allowed} begins if it is a guess. */
  static final String NEAREST = "did you mean ";

  private static final int VALUE_SHOWN_MAX = 80;

  public Problem {
    value = shown(value);
  }

  Problem(String key, String value, String allowed) {
    this(key, value, allowed, "");
  }

  /** One line: {@code smtp.port: "70000"; allowed: a whole number from 0 to 65535 (…)}. */
  @Override
  public String toString() {
    String place = origin.isEmpty() ? "" : " (" + origin + ")";
    String way = allowed.startsWith(NEAREST) ? allowed : "allowed: " + allowed;
    return key + ": " + value + "; " + way + place;
  }

  private static String shown(String value) {
    String cut =
        value.length() > VALUE_SHOWN_MAX ? value.substring(0, VALUE_SHOWN_MAX) + "…" : value;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
