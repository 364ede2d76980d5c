package io.tributary.codecs.message;

/**
 * What a provider says of an SMS that went out.
 *
 * @param messageId the provider's, 1 to 128 characters
 */
public record SmsStatus(String provider, String account, String messageId, State state) {
  /** Rises and never goes back. The number is what the log records. */
  public enum State {
    QUEUED(1),
    SENT(2),
    DELIVERED(3),
    READ(4),
    FAILED(5);

    private final int number;

    State(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    public static State ofNumber(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalArgumentException("no SMS state has number " + number);
    }
  }
}
