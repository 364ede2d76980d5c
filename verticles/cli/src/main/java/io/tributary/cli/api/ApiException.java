package io.tributary.cli.api;

import io.vertx.grpc.common.GrpcStatus;

/** A call that was not answered with OK. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GrpcStatus status;
  private final String reason;

  ApiException(GrpcStatus status, String reason) {
    super(status + ": " + reason);
    this.status = status;
    this.reason = reason;
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
