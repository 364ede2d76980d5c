package io.tributary.server.grpc;

import io.tributary.server.api.DirectoryOperations;
import io.tributary.v1.DirectoryServiceGrpcService;
import io.vertx.grpc.server.Service;

/** {@code DirectoryService} over gRPC. */
final class DirectoryApi {
  private DirectoryApi() {}

  static Service service(DirectoryOperations directory, Calls calls) {
    return Service.service(
            DirectoryServiceGrpcService.SERVICE_NAME,
            DirectoryServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(DirectoryServiceGrpcService.CreateUser, calls.unary(directory::createUser))
        .bind(DirectoryServiceGrpcService.GetUser, calls.unary(directory::getUser))
        .bind(DirectoryServiceGrpcService.ListUsers, calls.unary(directory::listUsers))
        .bind(DirectoryServiceGrpcService.Resolve, calls.unary(directory::resolve))
        .bind(DirectoryServiceGrpcService.Locate, calls.unary(directory::locate))
        .bind(DirectoryServiceGrpcService.IssueToken, calls.unary(directory::issueToken))
        .bind(DirectoryServiceGrpcService.RevokeToken, calls.unary(directory::revokeToken))
        .bind(DirectoryServiceGrpcService.AddAddress, calls.unary(directory::addAddress))
        .bind(DirectoryServiceGrpcService.RemoveAddress, calls.unary(directory::removeAddress))
        .build();
  }
}
