package io.tributary.server.api;

/**
 * Why a call was not carried out, in words for the caller: the rule, the field, what would be
 * accepted. Each face has one table from {@link Kind} to its own statuses.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller can do about it. */
  public enum Kind {
    /** No token, or none that is in force. */
    UNAUTHENTICATED,
    /** The token does not allow this. */
    FORBIDDEN,
    /** A field is wrong; the message begins with its name. */
    INVALID,
    /** The request is larger than any may be. */
    TOO_LARGE,
    NOT_FOUND,
    TAKEN,
    /** The same request id was used for something else. */
    ID_REUSED,
    /** The thing is there, but not of the kind that was asked for. */
    UNFIT,
    /** It belongs to the contract and comes later. */
    NOT_THERE_YET,
    /** Nothing is wrong with the call; repeat it later. */
    RETRY
  }

  private final Kind kind;

  private Refusal(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public static Refusal unauthenticated(String message) {
    return new Refusal(Kind.UNAUTHENTICATED, message);
  }

  public static Refusal forbidden(String message) {
    return new Refusal(Kind.FORBIDDEN, message);
  }

  /** A field breaks a rule. */
  public static Refusal invalid(Field field, String rule) {
    return new Refusal(Kind.INVALID, field.name() + ": " + rule);
  }

  /**
   * A rule is broken, as whoever checked it says.
   *
   * @param message begins with the field's name and a colon
   */
  public static Refusal rule(String message) {
    return new Refusal(Kind.INVALID, message);
  }

  public static Refusal notThereYet(String message) {
    return new Refusal(Kind.NOT_THERE_YET, message);
  }

  public static Refusal tooLarge(String message) {
    return new Refusal(Kind.TOO_LARGE, message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(Kind.NOT_FOUND, message);
  }

  public static Refusal taken(String message) {
    return new Refusal(Kind.TAKEN, message);
  }

  public static Refusal idReused(String message) {
    return new Refusal(Kind.ID_REUSED, message);
  }

  public static Refusal unfit(String message) {
    return new Refusal(Kind.UNFIT, message);
  }

  public static Refusal retry(String message) {
    return new Refusal(Kind.RETRY, message);
  }

  /** A field of a request, by its name in the contract. */
  public record Field(String name) {}
}
