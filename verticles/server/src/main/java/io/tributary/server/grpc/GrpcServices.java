package io.tributary.server.grpc;

import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Tokens;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.api.Accounts;
import io.tributary.server.api.Authenticator;
import io.tributary.server.router.MailboxReads;
import io.vertx.grpc.server.Service;
import java.util.List;
import java.util.function.Supplier;

/** The services of {@code tributary.v1}. Stateless: all event loops may share them. */
public final class GrpcServices {
  private GrpcServices() {}

  /** Who is where, as this node knows it now. */
  public record Cell(String name, CellLocator locator, Supplier<Ring> ring) {}

  public static List<Service> of(
      Directory directory, Tokens tokens, Cell cell, MailboxReads mailboxes, CallLog log) {
    Calls calls = new Calls(new Authenticator(tokens::check), log);
    return List.of(
        new MailboxApi(new Accounts(directory), mailboxes).service(calls),
        new DirectoryApi(directory, tokens, cell.locator()).service(calls),
        new AdminApi(cell.name(), cell.ring()).service(calls));
  }
}
