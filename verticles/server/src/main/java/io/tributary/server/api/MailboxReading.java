package io.tributary.server.api;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.mail.MailReader;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.mailbox.ThreadView;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxReads;
import io.tributary.v1.DownloadPartRequest;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.ListContactsRequest;
import io.tributary.v1.ListContactsResponse;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListThreadsResponse;
import io.tributary.v1.Mailbox;
import io.tributary.v1.Message;
import io.tributary.v1.SearchRequest;
import io.tributary.v1.SearchResponse;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reads of {@code MailboxService}, whichever face they come through. All signal {@link Refusal}
 * and whatever storage signals. Safe for any thread.
 */
public final class MailboxReading {
  private final Accounts accounts;
  private final MailboxReads mailboxes;

  public MailboxReading(Accounts accounts, MailboxReads mailboxes) {
    this.accounts = accounts;
    this.mailboxes = mailboxes;
  }

  public Single<Mailbox> getMailbox(Caller caller, GetMailboxRequest request) {
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(
            account ->
                mailboxes
                    .read(account, MailboxRequest.Stats::new)
                    .map(Outcomes::found)
                    .map(stats -> MailboxMessages.mailbox(account.name(), stats)));
  }

  public Single<ListThreadsResponse> listThreads(Caller caller, ListThreadsRequest request) {
    PageRequest page = MailboxRequests.page(request.getPageSize(), request.getPageToken());
    Freshness freshness = MailboxRequests.freshness(request.getFreshness());
    ThreadFilter filter = MailboxRequests.filter(request);
    return read(
            caller,
            request.getUser(),
            mailbox -> new MailboxRequest.ListThreads(mailbox, filter, page, freshness))
        .map(MailboxReading::threads);
  }

  private static ListThreadsResponse threads(Page<ThreadView> page) {
    ListThreadsResponse.Builder response = ListThreadsResponse.newBuilder();
    page.items().forEach(thread -> response.addThreads(MailboxMessages.thread(thread)));
    page.nextToken().ifPresent(response::setNextPageToken);
    return response.build();
  }

  public Single<ListMessagesResponse> listMessages(Caller caller, ListMessagesRequest request) {
    PageRequest page = MailboxRequests.page(request.getPageSize(), request.getPageToken());
    Freshness freshness = MailboxRequests.freshness(request.getFreshness());
    Optional<MessageId> thread =
        MailboxRequests.optionalId(MailboxRequests.THREAD, request.getThread());
    MessageOrder order = new MessageOrder(request.getNewestFirst(), request.getShowDeleted());
    return read(
            caller,
            request.getUser(),
            mailbox -> new MailboxRequest.ListMessages(mailbox, thread, order, page, freshness))
        .map(MailboxReading::messages);
  }

  private static ListMessagesResponse messages(Page<MessageView> page) {
    ListMessagesResponse.Builder response = ListMessagesResponse.newBuilder();
    page.items().forEach(message -> response.addMessages(MailboxMessages.message(message)));
    page.nextToken().ifPresent(response::setNextPageToken);
    return response.build();
  }

  public Single<Message> getMessage(Caller caller, GetMessageRequest request) {
    MessageId id = MailboxRequests.id(MailboxRequests.ID, request.getId());
    return read(caller, request.getUser(), mailbox -> new MailboxRequest.GetMessage(mailbox, id))
        .map(MailboxMessages::message);
  }

  /** The message as it came in. UNFIT if it never had such a form. */
  public Single<Bytes> raw(Caller caller, DownloadRawRequest request) {
    MessageId id = MailboxRequests.id(MailboxRequests.ID, request.getId());
    return read(caller, request.getUser(), mailbox -> new MailboxRequest.Raw(mailbox, id))
        .map(MailboxReading::mustBeThere);
  }

  private static Bytes mustBeThere(Bytes raw) {
    if (raw.isEmpty()) {
      throw Refusal.unfit("this message never had a raw form");
    }
    return raw;
  }

  /** A part with its bytes. */
  public record PartContent(Part part, Bytes bytes) {}

  /** One part, decoded. UNFIT if it is elsewhere. */
  public Single<PartContent> part(Caller caller, DownloadPartRequest request) {
    MessageId id = MailboxRequests.id(MailboxRequests.ID, request.getId());
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(account -> part(account, id, request.getIndex()));
  }

  private Single<PartContent> part(UserAccount account, MessageId id, int index) {
    return mailboxes
        .read(account, mailbox -> new MailboxRequest.GetMessage(mailbox, id))
        .map(Outcomes::found)
        .map(message -> listed(message, index))
        .flatMap(
            part ->
                mailboxes
                    .read(account, mailbox -> new MailboxRequest.Raw(mailbox, id))
                    .map(Outcomes::found)
                    .map(raw -> new PartContent(part, held(raw, index))));
  }

  private static Part listed(MessageView message, int index) {
    if (index < 0 || index >= message.parts().size()) {
      throw noSuchPart();
    }
    Part part = message.parts().get(index);
    if (!part.url().isEmpty()) {
      throw Refusal.unfit("this part is not here: the message only says where it is");
    }
    return part;
  }

  private static Bytes held(Bytes raw, int index) {
    return MailReader.part(raw, index).orElseThrow(MailboxReading::noSuchPart);
  }

  private static Refusal noSuchPart() {
    return Refusal.notFound("this message has no such part");
  }

  /** Comes later. */
  public Single<SearchResponse> search(Caller caller, SearchRequest request) {
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(account -> Single.error(Refusal.notThereYet("search comes with a later release")));
  }

  public Single<ListContactsResponse> listContacts(Caller caller, ListContactsRequest request) {
    PageRequest page = MailboxRequests.page(request.getPageSize(), request.getPageToken());
    return read(caller, request.getUser(), mailbox -> new MailboxRequest.Contacts(mailbox, page))
        .map(MailboxReading::contacts);
  }

  private static ListContactsResponse contacts(Page<ContactView> page) {
    ListContactsResponse.Builder response = ListContactsResponse.newBuilder();
    page.items().forEach(contact -> response.addContacts(MailboxMessages.contact(contact)));
    page.nextToken().ifPresent(response::setNextPageToken);
    return response.build();
  }

  private <T> Single<T> read(
      Caller caller, String user, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return accounts
        .visible(caller, MailboxRequests.USER, user)
        .flatMap(account -> mailboxes.read(account, question))
        .map(Outcomes::found);
  }
}
