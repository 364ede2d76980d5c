package io.tributary.codecs.message;

import java.util.Optional;

/**
 * What only an SMS has.
 *
 * @param segments it was billed as, at least 1
 * @param consent what it asks of the number it was sent to
 */
public record SmsFacts(int segments, Optional<Consent> consent) {
  public SmsFacts {
    if (segments < 1) {
      throw new IllegalArgumentException("an SMS has at least 1 segment, not " + segments);
    }
  }

  /** A keyword that carriers have everyone obey. The number is what the log records. */
  public enum Consent {
    STOP(1),
    START(2),
    HELP(3);

    private final int number;

    Consent(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    public static Consent ofNumber(int number) {
      for (Consent consent : values()) {
        if (consent.number == number) {
          return consent;
        }
      }
      throw new IllegalArgumentException("no consent has number " + number);
    }
  }
}
