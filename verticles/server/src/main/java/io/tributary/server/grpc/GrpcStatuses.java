package io.tributary.server.grpc;

import io.tributary.server.api.Refusal;
import io.tributary.storage.StorageUnavailableException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.concurrent.TimeoutException;

/**
 * From what became of a call to its gRPC status. The table is the contract's: see the comments of
 * the services in {@code tributary/v1}.
 */
final class GrpcStatuses {
  private GrpcStatuses() {}

  /**
   * A status with words for the caller.
   *
   * @param expected false if this is our mistake and belongs in the log with its stack
   */
  record Verdict(GrpcStatus status, String message, boolean expected) {}

  static Verdict of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return new Verdict(of(refusal.kind()), String.valueOf(refusal.getMessage()), true);
    }
    if (failure instanceof StorageUnavailableException) {
      return new Verdict(GrpcStatus.UNAVAILABLE, "storage does not answer, retry later", true);
    }
    if (failure instanceof TimeoutException) {
      return new Verdict(GrpcStatus.DEADLINE_EXCEEDED, "not done within the deadline", true);
    }
    return new Verdict(GrpcStatus.INTERNAL, "internal error", false);
  }

  private static GrpcStatus of(Refusal.Kind kind) {
    return switch (kind) {
      case UNAUTHENTICATED -> GrpcStatus.UNAUTHENTICATED;
      case FORBIDDEN -> GrpcStatus.PERMISSION_DENIED;
      case INVALID -> GrpcStatus.INVALID_ARGUMENT;
      case TOO_LARGE -> GrpcStatus.RESOURCE_EXHAUSTED;
      case NOT_FOUND -> GrpcStatus.NOT_FOUND;
      case TAKEN, ID_REUSED -> GrpcStatus.ALREADY_EXISTS;
      case UNFIT -> GrpcStatus.FAILED_PRECONDITION;
      case NOT_THERE_YET -> GrpcStatus.UNIMPLEMENTED;
      case RETRY -> GrpcStatus.UNAVAILABLE;
    };
  }
}
