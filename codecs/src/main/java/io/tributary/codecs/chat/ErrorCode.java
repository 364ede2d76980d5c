package io.tributary.codecs.chat;

import java.util.Locale;

/** What an {@code error} frame says, for programs. */
public enum ErrorCode {
  /** The frame is not one JSON object, or it is too deep or too long. */
  NOT_JSON(false),
  /** Its {@code type} is missing or unknown. */
  UNKNOWN_TYPE(false),
  /** A field is missing, of the wrong kind, or out of its bounds; the reason names it. */
  INVALID(false),
  /** Nobody has one of the addresses. */
  UNKNOWN_RECIPIENT(false),
  /** The user has no such thread. */
  NO_SUCH_THREAD(false),
  /** The device has sent something else under this id. */
  ID_REUSED(false),
  /** Too much is under way in this session. */
  BUSY(true),
  /** It may or may not be done. */
  UNAVAILABLE(true);

  private final boolean retry;

  ErrorCode(boolean retry) {
    this.retry = retry;
  }

  /** Whether the same frame may be accepted later. With the same id that is harmless. */
  public boolean retry() {
    return retry;
  }

  /** As written in frames: {@code id_reused}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
