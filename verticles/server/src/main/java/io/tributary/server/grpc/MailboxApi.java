package io.tributary.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.mailbox.ThreadView;
import io.tributary.server.api.Accounts;
import io.tributary.server.api.Caller;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxReads;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.DownloadRawResponse;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListThreadsResponse;
import io.tributary.v1.MailboxServiceGrpcService;
import io.tributary.v1.Message;
import io.vertx.grpc.server.Service;
import java.util.Optional;
import java.util.function.Function;

/** {@code MailboxService}: reads of one user's mailbox. */
final class MailboxApi {
  private static final Field USER = new Field("user");
  private static final Field ID = new Field("id");
  private static final Field THREAD = new Field("thread");

  private final Accounts accounts;
  private final MailboxReads mailboxes;

  MailboxApi(Accounts accounts, MailboxReads mailboxes) {
    this.accounts = accounts;
    this.mailboxes = mailboxes;
  }

  Service service(Calls calls) {
    return Service.service(
            MailboxServiceGrpcService.SERVICE_NAME, MailboxServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(MailboxServiceGrpcService.ListThreads, calls.unary(this::listThreads))
        .bind(MailboxServiceGrpcService.ListMessages, calls.unary(this::listMessages))
        .bind(MailboxServiceGrpcService.GetMessage, calls.unary(this::getMessage))
        .bind(
            MailboxServiceGrpcService.DownloadRaw,
            calls.chunked(this::downloadRaw, MailboxApi::chunk))
        .build();
  }

  private Single<ListThreadsResponse> listThreads(Caller caller, ListThreadsRequest request) {
    PageRequest page = MailboxRequests.page(request.getPageSize(), request.getPageToken());
    Freshness freshness = MailboxRequests.freshness(request.getFreshness());
    return read(
            caller,
            request.getUser(),
            mailbox -> new MailboxRequest.ListThreads(mailbox, ThreadFilter.ALL, page, freshness))
        .map(MailboxApi::threads);
  }

  private static ListThreadsResponse threads(Page<ThreadView> page) {
    ListThreadsResponse.Builder response = ListThreadsResponse.newBuilder();
    page.items().forEach(thread -> response.addThreads(MailboxMessages.thread(thread)));
    page.nextToken().ifPresent(response::setNextPageToken);
    return response.build();
  }

  private Single<ListMessagesResponse> listMessages(Caller caller, ListMessagesRequest request) {
    PageRequest page = MailboxRequests.page(request.getPageSize(), request.getPageToken());
    Freshness freshness = MailboxRequests.freshness(request.getFreshness());
    Optional<MessageId> thread = MailboxRequests.optionalId(THREAD, request.getThread());
    return read(
            caller,
            request.getUser(),
            mailbox ->
                new MailboxRequest.ListMessages(
                    mailbox, thread, MessageOrder.OLDEST_FIRST, page, freshness))
        .map(MailboxApi::messages);
  }

  private static ListMessagesResponse messages(Page<MessageView> page) {
    ListMessagesResponse.Builder response = ListMessagesResponse.newBuilder();
    page.items().forEach(message -> response.addMessages(MailboxMessages.message(message)));
    page.nextToken().ifPresent(response::setNextPageToken);
    return response.build();
  }

  private Single<Message> getMessage(Caller caller, GetMessageRequest request) {
    MessageId id = MailboxRequests.id(ID, request.getId());
    return read(caller, request.getUser(), mailbox -> new MailboxRequest.GetMessage(mailbox, id))
        .map(MailboxMessages::message);
  }

  private Single<Bytes> downloadRaw(Caller caller, DownloadRawRequest request) {
    MessageId id = MailboxRequests.id(ID, request.getId());
    return read(caller, request.getUser(), mailbox -> new MailboxRequest.Raw(mailbox, id))
        .map(MailboxApi::mustBeThere);
  }

  private static Bytes mustBeThere(Bytes raw) {
    if (raw.isEmpty()) {
      throw Refusal.unfit("this message never had a raw form");
    }
    return raw;
  }

  private static DownloadRawResponse chunk(byte[] owned) {
    ByteString data = UnsafeByteOperations.unsafeWrap(owned);
    return DownloadRawResponse.newBuilder().setData(data).build();
  }

  private <T> Single<T> read(
      Caller caller, String user, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return accounts
        .visible(caller, USER, user)
        .flatMap((UserAccount account) -> mailboxes.read(account, question))
        .map(MailboxApi::found);
  }

  private static <T> T found(ReadOutcome<T> outcome) {
    if (outcome instanceof ReadOutcome.Found<T> found) {
      return found.value();
    }
    if (outcome instanceof ReadOutcome.NoSuch<T>) {
      throw Refusal.notFound("no such message or thread in this mailbox");
    }
    if (outcome instanceof ReadOutcome.BadPageToken<T>) {
      throw Refusal.invalid(
          new Field("page_token"), "must be a next_page_token of this user and call");
    }
    throw outcome instanceof ReadOutcome.Retry<T> retry
        ? Refusal.retry(retry.reason())
        : Refusal.retry("mailbox is being moved");
  }
}
