package io.tributary.codecs.sms;

import io.tributary.codecs.message.SmsFacts.Consent;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words that carriers have everyone obey (CTIA Messaging Principles, section 5.1.3). One counts
 * only if it is the whole message, without regard to case and surrounding white space. YES begins
 * nothing again: in a conversation it is an answer.
 */
public final class ConsentKeyword {
  private static final Set<String> STOP =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
  private static final Set<String> START = Set.of("START", "UNSTOP");
  private static final Set<String> HELP = Set.of("HELP", "INFO");
  private static final int CHARACTERS_MAX = 40;

  private ConsentKeyword() {}

  /** What a message asks for, if it is one of the words. */
  public static Optional<Consent> of(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return Optional.empty();
    }
    String word = text.strip().toUpperCase(Locale.ROOT);
    if (STOP.contains(word)) {
      return Optional.of(Consent.STOP);
    }
    if (START.contains(word)) {
      return Optional.of(Consent.START);
    }
    return HELP.contains(word) ? Optional.of(Consent.HELP) : Optional.empty();
  }

  /** A provider's word for it: {@code STOP}, {@code START}, {@code HELP}. */
  public static Optional<Consent> named(String name) {
    for (Consent consent : Consent.values()) {
      if (consent.name().equals(name)) {
        return Optional.of(consent);
      }
    }
    return Optional.empty();
  }
}
