package io.tributary.channels.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;

/** Where the channel hands in what providers report of an SMS that went out. */
public interface SmsStatusIntake {

  /**
   * Notes it in the log of the user whose number the SMS went out from. Lazy. Reports in any order,
   * and repeated, come to the same.
   *
   * @return exactly one outcome, on any thread. An Rx error is a programmer's error.
   */
  Single<Outcome> note(Recipient sender, SmsStatus status);

  /** What became of it. */
  sealed interface Outcome {
    /** It is in the log, or changes nothing there. */
    record Noted() implements Outcome {}

    /**
     * It may or may not be stored: hand it in again later.
     *
     * @param reason for logs and the provider: a few plain words without personal data
     */
    record Retry(String reason) implements Outcome {}
  }
}
