package io.tributary.server.grpc;

import io.tributary.server.api.ApiServices;
import io.vertx.grpc.server.Service;
import java.util.List;

/** The services of {@code tributary.v1}. Stateless: all event loops may share them. */
public final class GrpcServices {
  private GrpcServices() {}

  public static List<Service> of(ApiServices api, CallLog log) {
    Calls calls = new Calls(api.authenticator(), log);
    return List.of(
        MailboxApi.service(api, calls),
        DirectoryApi.service(api.directory(), calls),
        AdminApi.service(api.admin(), api.cells(), calls));
  }
}
