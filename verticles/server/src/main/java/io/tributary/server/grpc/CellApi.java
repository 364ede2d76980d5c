package io.tributary.server.grpc;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.CellServiceGrpcService;
import io.tributary.server.cell.CellService;
import io.vertx.core.Handler;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.util.function.Function;

/** {@code CellService} over gRPC. Who may call it is the connection's business: mutual TLS. */
public final class CellApi {
  private CellApi() {}

  public static Service service(CellService cell, CallLog log) {
    return Service.service(
            CellServiceGrpcService.SERVICE_NAME, CellServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(CellServiceGrpcService.Ask, handler(cell::answer, log))
        .bind(CellServiceGrpcService.OpenLog, handler(cell::openLog, log))
        .bind(CellServiceGrpcService.Tell, handler(cell::tell, log))
        .bind(CellServiceGrpcService.Pulse, handler(cell::pulse, log))
        .build();
  }

  private static <Q, A> Handler<GrpcServerRequest<Q, A>> handler(
      Function<Q, Single<A>> method, CallLog log) {
    return request ->
        new Call<Q, A, A>(request, log).run(method, (response, answer) -> response.end(answer));
  }
}
