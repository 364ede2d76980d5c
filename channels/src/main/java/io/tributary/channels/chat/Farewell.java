package io.tributary.channels.chat;

import java.time.Duration;
import java.util.Optional;

/** Why a session is ended from this side: the reason in {@code bye}, and RFC 6455's close code. */
public enum Farewell {
  NO_HELLO("no hello in time", 1008, Duration.ZERO),
  HELLO_FIRST("the first frame must be a hello", 1008, Duration.ZERO),
  TOKEN_INVALID("token invalid", 1008, Duration.ZERO),
  TOKEN_REVOKED("token revoked", 1008, Duration.ZERO),
  UNAVAILABLE("not available now", 1013, Duration.ofSeconds(2)),
  TOO_MANY_SESSIONS("too many sessions", 1013, Duration.ofSeconds(30)),
  TOO_MANY_SESSIONS_OF_USER("too many sessions of this user", 1013, Duration.ofSeconds(30)),
  TOO_MANY_ERRORS("too many wrong frames", 1008, Duration.ofSeconds(30)),
  NOT_TEXT("text frames only", 1003, Duration.ZERO),
  GOING_AWAY("going away", 1001, Duration.ofMillis(500)),
  BROKEN("error of the server", 1011, Duration.ofSeconds(2)),
  /** The client does not read: it is not told. */
  TOO_SLOW("", 1006, Duration.ZERO),
  /** The client does not answer pings: it is not told. */
  DEAD("", 1006, Duration.ZERO);

  private final String reason;
  private final int closeCode;
  private final Duration comeBack;

  Farewell(String reason, int closeCode, Duration comeBack) {
    this.reason = reason;
    this.closeCode = closeCode;
    this.comeBack = comeBack;
  }

  public String reason() {
    return reason;
  }

  int closeCode() {
    return closeCode;
  }

  /** After how long at least coming back may help; empty: not with the same hello. */
  Optional<Duration> comeBack() {
    return comeBack.isZero() ? Optional.empty() : Optional.of(comeBack);
  }
}
