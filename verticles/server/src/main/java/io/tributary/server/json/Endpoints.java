package io.tributary.server.json;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.reactivex.rxjava3.core.Single;
import io.tributary.server.api.ApiServices;
import io.tributary.server.api.Caller;
import io.tributary.server.api.DirectoryOperations;
import io.tributary.server.api.MailboxReading;
import io.tributary.server.api.MailboxReading.PartContent;
import io.tributary.server.api.MailboxWriting;
import io.tributary.server.http.EntityTag;
import io.tributary.v1.AddAddressRequest;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DeleteRequest;
import io.tributary.v1.DownloadPartRequest;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.ListCellsRequest;
import io.tributary.v1.ListContactsRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListUsersRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.ModifyRequest;
import io.tributary.v1.RemoveAddressRequest;
import io.tributary.v1.ResolveRequest;
import io.tributary.v1.RevokeTokenRequest;
import io.tributary.v1.SearchRequest;
import io.tributary.v1.SendRequest;
import io.tributary.v1.SetContactRequest;
import io.tributary.v1.UndoRequest;
import io.tributary.v1.WatchRequest;
import java.util.List;
import java.util.stream.Stream;

/** All endpoints: which path leads to which method of which service. */
final class Endpoints {
  private static final String USER = "/v1/users/{name}";

  private Endpoints() {}

  static List<Endpoint<?>> of(ApiServices api) {
    return Stream.of(
            reads(api.reading()),
            downloads(api.reading()),
            changes(api.writing()),
            watches(api),
            directory(api.directory()),
            List.<Endpoint<?>>of(
                Endpoint.json(
                    GET, "/v1/ring", GetRingRequest.getDefaultInstance(), api.admin()::getRing),
                Endpoint.json(
                    GET,
                    "/v1/cells",
                    ListCellsRequest.getDefaultInstance(),
                    api.cells()::listCells)))
        .<Endpoint<?>>flatMap(List::stream)
        .toList();
  }

  private static List<Endpoint<?>> reads(MailboxReading reading) {
    return List.of(
        Endpoint.json(
            GET, USER + "/mailbox", GetMailboxRequest.getDefaultInstance(), reading::getMailbox),
        Endpoint.json(
            GET, USER + "/threads", ListThreadsRequest.getDefaultInstance(), reading::listThreads),
        Endpoint.json(
            GET,
            USER + "/threads/{thread}/messages",
            ListMessagesRequest.getDefaultInstance(),
            reading::listMessages),
        Endpoint.json(
            GET,
            USER + "/messages",
            ListMessagesRequest.getDefaultInstance(),
            reading::listMessages),
        Endpoint.json(
            GET,
            USER + "/messages/{id}",
            GetMessageRequest.getDefaultInstance(),
            reading::getMessage),
        Endpoint.json(
            GET,
            USER + "/contacts",
            ListContactsRequest.getDefaultInstance(),
            reading::listContacts),
        Endpoint.json(GET, USER + "/search", SearchRequest.getDefaultInstance(), reading::search));
  }

  private static List<Endpoint<?>> downloads(MailboxReading reading) {
    return List.of(
        new Endpoint<>(
            GET,
            USER + "/messages/{id}/raw",
            DownloadRawRequest.getDefaultInstance(),
            (exchange, caller, question) -> raw(reading, caller, question)),
        new Endpoint<>(
            GET,
            USER + "/messages/{id}/parts/{index}",
            DownloadPartRequest.getDefaultInstance(),
            (exchange, caller, question) -> part(reading, caller, question)));
  }

  /** What an id names never changes, so its tag is made of it. */
  private static Single<Reply> raw(
      MailboxReading reading, Caller caller, DownloadRawRequest question) {
    String id = question.getId();
    return reading
        .raw(caller, question)
        .map(
            bytes ->
                new Reply.File(bytes, "message/rfc822", id + ".eml", new EntityTag("raw-" + id)));
  }

  private static Single<Reply> part(
      MailboxReading reading, Caller caller, DownloadPartRequest question) {
    EntityTag tag = new EntityTag("part-" + question.getIndex() + "-" + question.getId());
    return reading.part(caller, question).map(content -> file(content, tag));
  }

  private static Reply file(PartContent content, EntityTag tag) {
    return new Reply.File(
        content.bytes(), content.part().contentType(), content.part().name(), tag);
  }

  private static List<Endpoint<?>> changes(MailboxWriting writing) {
    ModifyRequest modify = ModifyRequest.getDefaultInstance();
    DeleteRequest delete = DeleteRequest.getDefaultInstance();
    SetContactRequest contact = SetContactRequest.getDefaultInstance();
    return List.of(
        Endpoint.json(POST, USER + "/messages", SendRequest.getDefaultInstance(), writing::send),
        Endpoint.json(PATCH, USER + "/messages", modify, writing::modify),
        Endpoint.json(PATCH, USER + "/messages/{id}", modify, writing::modify),
        Endpoint.json(DELETE, USER + "/messages/{id}", delete, writing::delete),
        Endpoint.json(PATCH, USER + "/threads/{thread}", modify, writing::modify),
        Endpoint.json(DELETE, USER + "/threads/{thread}", delete, writing::delete),
        Endpoint.json(
            DELETE, USER + "/changes/{seq}", UndoRequest.getDefaultInstance(), writing::undo),
        Endpoint.json(POST, USER + "/contacts", contact, writing::setContact),
        Endpoint.json(PUT, USER + "/contacts/{id}", contact, writing::setContact));
  }

  private static List<Endpoint<?>> watches(ApiServices api) {
    return List.of(
        new Endpoint<>(
            GET,
            USER + "/watch",
            WatchRequest.getDefaultInstance(),
            (exchange, caller, question) ->
                new EventStream(exchange, api).watch(caller, question)));
  }

  private static List<Endpoint<?>> directory(DirectoryOperations directory) {
    return List.of(
        Endpoint.json(
            POST, "/v1/users", CreateUserRequest.getDefaultInstance(), directory::createUser),
        Endpoint.json(
            GET, "/v1/users", ListUsersRequest.getDefaultInstance(), directory::listUsers),
        Endpoint.json(GET, USER, GetUserRequest.getDefaultInstance(), directory::getUser),
        Endpoint.json(
            GET, USER + "/location", LocateRequest.getDefaultInstance(), directory::locate),
        Endpoint.json(
            POST,
            USER + "/addresses",
            AddAddressRequest.getDefaultInstance(),
            directory::addAddress),
        Endpoint.json(
            DELETE,
            USER + "/addresses/{address}",
            RemoveAddressRequest.getDefaultInstance(),
            directory::removeAddress),
        Endpoint.json(
            GET,
            "/v1/addresses/{address}",
            ResolveRequest.getDefaultInstance(),
            directory::resolve),
        Endpoint.json(
            POST, "/v1/tokens", IssueTokenRequest.getDefaultInstance(), directory::issueToken),
        Endpoint.json(
            POST,
            "/v1/revocations",
            RevokeTokenRequest.getDefaultInstance(),
            directory::revokeToken));
  }
}
