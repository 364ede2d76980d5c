package io.tributary.loadtests.api;

import io.vertx.grpc.common.GrpcStatus;

/** A call that was not answered with OK. */
public final class ApiException extends RuntimeException {
  private final GrpcStatus status;

  ApiException(GrpcStatus status, String reason) {
    super(status + ": " + reason);
    this.status = status;
  }

  static ApiException of(Throwable thrown) {
    return thrown instanceof ApiException refused
        ? refused
        : new ApiException(GrpcStatus.UNAVAILABLE, thrown.toString());
  }

  public GrpcStatus status() {
    return status;
  }

  /** Whether the same call may succeed in a moment. */
  boolean isPassing() {
    return switch (status) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED -> true;
      default -> false;
    };
  }
}
