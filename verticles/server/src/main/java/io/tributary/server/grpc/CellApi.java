package io.tributary.server.grpc;

import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.CellServiceGrpcService;
import io.tributary.server.cell.CellService;
import io.vertx.core.Handler;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;

/** {@code CellService} over gRPC. Who may call it is the connection's business: mutual TLS. */
public final class CellApi {
  private CellApi() {}

  public static Service service(CellService cell, CallLog log) {
    return Service.service(
            CellServiceGrpcService.SERVICE_NAME, CellServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(CellServiceGrpcService.Ask, ask(cell, log))
        .build();
  }

  private static Handler<GrpcServerRequest<AskRequest, AskResponse>> ask(
      CellService cell, CallLog log) {
    return request ->
        new Call<AskRequest, AskResponse, AskResponse>(request, log)
            .run(cell::answer, (response, answer) -> response.end(answer));
  }
}
