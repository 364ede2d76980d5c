package io.tributary.server.grpc;

import io.tributary.server.api.AdminOperations;
import io.tributary.server.api.CellOperations;
import io.tributary.v1.AdminServiceGrpcService;
import io.vertx.grpc.server.Service;

/** {@code AdminService} over gRPC. */
final class AdminApi {
  private AdminApi() {}

  static Service service(AdminOperations admin, CellOperations cells, Calls calls) {
    return Service.service(
            AdminServiceGrpcService.SERVICE_NAME, AdminServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(AdminServiceGrpcService.GetRing, calls.unary(admin::getRing))
        .bind(AdminServiceGrpcService.ListNodes, calls.unary(admin::listNodes))
        .bind(AdminServiceGrpcService.DrainNode, calls.unary(admin::drainNode))
        .bind(AdminServiceGrpcService.ListCells, calls.unary(cells::listCells))
        .bind(AdminServiceGrpcService.SetCellWeight, calls.unary(cells::setCellWeight))
        .bind(AdminServiceGrpcService.PinUser, calls.unary(cells::pinUser))
        .build();
  }
}
