package io.tributary.codecs.sms;

/** A body that can't be what it should be. Never holds what was written, which may be personal. */
public final class BadPayloadException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String allowed;

  /**
   * @param field by the provider's name for it; {@code body} for the whole
   * @param allowed what would be accepted
   */
  public BadPayloadException(String field, String allowed) {
    super(field + ": " + allowed);
    this.field = field;
    this.allowed = allowed;
  }

  public String field() {
    return field;
  }

  /** The field, and what would be accepted in it. */
  public String detail() {
    return field + ": " + allowed;
  }
}
