package io.tributary.cli.api;

import io.vertx.grpc.common.GrpcStatus;

/** A call that was not answered with OK. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GrpcStatus status;
  private final String reason;
  private final boolean reached;

  private ApiException(GrpcStatus status, String reason, boolean reached) {
    super(status + ": " + reason);
    this.status = status;
    this.reason = reason;
    this.reached = reached;
  }

  /** The server's own answer, or none in time. */
  static ApiException answered(GrpcStatus status, String reason) {
    return new ApiException(status, reason, true);
  }

  /** There was no server to ask. */
  static ApiException unreached(String reason) {
    return new ApiException(GrpcStatus.UNAVAILABLE, reason, false);
  }

  /** Whether there was a server at all. */
  boolean isReached() {
    return reached;
  }

  /** What the server said, or UNAVAILABLE and DEADLINE_EXCEEDED if it could not be asked. */
  public GrpcStatus status() {
    return status;
  }

  public String reason() {
    return reason;
  }

  /** Whether the same call may succeed in a moment. */
  public boolean isPassing() {
    return status == GrpcStatus.UNAVAILABLE
        || status == GrpcStatus.DEADLINE_EXCEEDED
        || status == GrpcStatus.ABORTED;
  }
}
