package io.tributary.server.cell;

import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.Events;
import io.tributary.cell.v1.ListMessages;
import io.tributary.cell.v1.ListThreads;
import io.tributary.cell.v1.Nothing;
import io.tributary.cell.v1.PageValue;
import io.tributary.cell.v1.UsersValue;
import io.tributary.codecs.cell.DeliveryValues;
import io.tributary.codecs.cell.Keys;
import io.tributary.codecs.cell.Whole;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a mailbox is asked, as bytes and back. */
final class Questions {
  private Questions() {}

  static AskRequest.Builder write(MailboxRequest<?> request) {
    AskRequest.Builder written = AskRequest.newBuilder();
    if (request instanceof MailboxRequest.Deliver deliver) {
      return written
          .setUser(deliver.delivery().recipient().user().value())
          .setDeliver(DeliveryValues.write(deliver.delivery()));
    }
    if (request instanceof MailboxRequest.Execute execute) {
      return to(execute.mailbox(), written).setExecute(CommandValues.write(execute.command()));
    }
    if (request instanceof MailboxRequest.Wake wake) {
      return to(wake.mailbox(), written).setWake(Nothing.getDefaultInstance());
    }
    return writeRead(request, written);
  }

  private static AskRequest.Builder writeRead(
      MailboxRequest<?> request, AskRequest.Builder written) {
    if (request instanceof MailboxRequest.ListThreads list) {
      return to(list.mailbox(), written).setListThreads(write(list));
    } else if (request instanceof MailboxRequest.ListMessages list) {
      return to(list.mailbox(), written).setListMessages(write(list));
    } else if (request instanceof MailboxRequest.GetMessage get) {
      return to(get.mailbox(), written).setGetMessage(Keys.write(get.id()));
    } else if (request instanceof MailboxRequest.Raw raw) {
      return to(raw.mailbox(), written).setRaw(Keys.write(raw.id()));
    } else if (request instanceof MailboxRequest.Events events) {
      return to(events.mailbox(), written)
          .setEvents(
              Events.newBuilder().setSince(events.since().value()).setMax(events.max()).build());
    } else if (request instanceof MailboxRequest.Stats stats) {
      return to(stats.mailbox(), written).setStats(Nothing.getDefaultInstance());
    }
    return writePeople(request, written);
  }

  private static AskRequest.Builder writePeople(
      MailboxRequest<?> request, AskRequest.Builder written) {
    if (request instanceof MailboxRequest.Contacts contacts) {
      return to(contacts.mailbox(), written).setContacts(write(contacts.page()));
    } else if (request instanceof MailboxRequest.PeopleOfThread people) {
      return to(people.mailbox(), written).setPeopleOfThread(Keys.write(people.thread()));
    } else if (request instanceof MailboxRequest.ThreadOf thread) {
      return to(thread.mailbox(), written).setThreadOf(write(thread.people()));
    } else if (request instanceof MailboxRequest.RecentPeers peers) {
      return to(peers.mailbox(), written).setRecentPeers(peers.max());
    }
    throw new IllegalStateException("no way to write " + request.getClass());
  }

  private static AskRequest.Builder to(MailboxRef mailbox, AskRequest.Builder written) {
    return written.setUser(mailbox.user().value()).setGeneration(mailbox.generation());
  }

  private static ListThreads write(MailboxRequest.ListThreads list) {
    ListThreads.Builder written =
        ListThreads.newBuilder()
            .setFolder(list.filter().folder().map(Folder::number).orElse(0))
            .setUnreadOnly(list.filter().unreadOnly())
            .setPage(write(list.page()))
            .setLatest(list.freshness() == Freshness.LATEST);
    list.filter().flag().ifPresent(written::setFlag);
    return written.build();
  }

  private static ListMessages write(MailboxRequest.ListMessages list) {
    ListMessages.Builder written =
        ListMessages.newBuilder()
            .setNewestFirst(list.order().newestFirst())
            .setShowDeleted(list.order().showDeleted())
            .setPage(write(list.page()))
            .setLatest(list.freshness() == Freshness.LATEST);
    list.thread().ifPresent(thread -> written.setThread(Keys.write(thread)));
    return written.build();
  }

  private static PageValue write(PageRequest page) {
    PageValue.Builder written = PageValue.newBuilder().setSize(page.size());
    page.token().ifPresent(written::setToken);
    return written.build();
  }

  static UsersValue write(Collection<UserId> users) {
    return UsersValue.newBuilder().addAllUsers(users.stream().map(UserId::value).toList()).build();
  }

  /**
   * What was asked. Throws {@code IllegalArgumentException} for what no node of this version asks,
   * and for a question with more in it than this version knows. What stands beside the question may
   * be left alone.
   */
  static MailboxRequest<?> read(AskRequest written) {
    Whole.checkInside(written);
    return switch (written.getQuestionCase()) {
      case DELIVER -> new MailboxRequest.Deliver(DeliveryValues.read(written.getDeliver()));
      case EXECUTE ->
          new MailboxRequest.Execute(mailbox(written), CommandValues.read(written.getExecute()));
      case WAKE -> new MailboxRequest.Wake(mailbox(written));
      case LIST_THREADS -> read(mailbox(written), written.getListThreads());
      case LIST_MESSAGES -> read(mailbox(written), written.getListMessages());
      case GET_MESSAGE ->
          new MailboxRequest.GetMessage(mailbox(written), Keys.read(written.getGetMessage()));
      case RAW -> new MailboxRequest.Raw(mailbox(written), Keys.read(written.getRaw()));
      case EVENTS -> read(mailbox(written), written.getEvents());
      case STATS -> new MailboxRequest.Stats(mailbox(written));
      case CONTACTS -> new MailboxRequest.Contacts(mailbox(written), read(written.getContacts()));
      case PEOPLE_OF_THREAD ->
          new MailboxRequest.PeopleOfThread(
              mailbox(written), Keys.read(written.getPeopleOfThread()));
      case THREAD_OF -> read(mailbox(written), written.getThreadOf());
      case RECENT_PEERS ->
          new MailboxRequest.RecentPeers(mailbox(written), written.getRecentPeers());
      case QUESTION_NOT_SET ->
          throw new IllegalArgumentException("a question that this version does not know");
    };
  }

  private static MailboxRef mailbox(AskRequest written) {
    return new MailboxRef(new UserId(written.getUser()), written.getGeneration());
  }

  private static MailboxRequest<?> read(MailboxRef mailbox, ListThreads list) {
    ThreadFilter filter =
        new ThreadFilter(
            list.getFolder() == 0
                ? Optional.empty()
                : Optional.of(Folder.ofNumber(list.getFolder())),
            list.hasFlag() ? Optional.of(list.getFlag()) : Optional.empty(),
            list.getUnreadOnly());
    return new MailboxRequest.ListThreads(
        mailbox, filter, read(list.getPage()), freshness(list.getLatest()));
  }

  private static MailboxRequest<?> read(MailboxRef mailbox, ListMessages list) {
    Optional<MessageId> thread =
        list.hasThread() ? Optional.of(Keys.read(list.getThread())) : Optional.empty();
    return new MailboxRequest.ListMessages(
        mailbox,
        thread,
        new MessageOrder(list.getNewestFirst(), list.getShowDeleted()),
        read(list.getPage()),
        freshness(list.getLatest()));
  }

  private static MailboxRequest<?> read(MailboxRef mailbox, Events events) {
    return new MailboxRequest.Events(mailbox, new Position(events.getSince()), events.getMax());
  }

  private static MailboxRequest<?> read(MailboxRef mailbox, UsersValue people) {
    return new MailboxRequest.ThreadOf(
        mailbox,
        people.getUsersList().stream().map(UserId::new).collect(Collectors.toUnmodifiableSet()));
  }

  private static PageRequest read(PageValue page) {
    return new PageRequest(
        page.getSize(), page.hasToken() ? Optional.of(page.getToken()) : Optional.empty());
  }

  private static Freshness freshness(boolean latest) {
    return latest ? Freshness.LATEST : Freshness.COMMITTED;
  }
}
