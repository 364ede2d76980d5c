package io.tributary.server.cell;

import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.AskResponse.AnswerCase;
import io.tributary.cell.v1.ConsentValue;
import io.tributary.cell.v1.ContactValue;
import io.tributary.cell.v1.ContactsValue;
import io.tributary.cell.v1.EventsValue;
import io.tributary.cell.v1.MessagesValue;
import io.tributary.cell.v1.PeopleValue;
import io.tributary.cell.v1.StatsValue;
import io.tributary.cell.v1.ThreadValue;
import io.tributary.cell.v1.ThreadsValue;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.cell.EventValues;
import io.tributary.codecs.cell.Keys;
import io.tributary.codecs.cell.MessageValues;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.mailbox.ThreadView;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was found in a mailbox, as bytes and back. */
final class Findings {
  private Findings() {}

  static AskResponse write(MailboxRequest<?> asked, Object found) {
    AskResponse.Builder written = AskResponse.newBuilder();
    if (asked instanceof MailboxRequest.ListThreads) {
      written.setThreads(threads((Page<?>) found));
    } else if (asked instanceof MailboxRequest.ListMessages) {
      written.setMessages(messages((Page<?>) found));
    } else if (asked instanceof MailboxRequest.Contacts) {
      written.setContacts(contacts((Page<?>) found));
    } else if (asked instanceof MailboxRequest.GetMessage) {
      written.setMessage(MessageValues.write((MessageView) found));
    } else if (asked instanceof MailboxRequest.Raw) {
      written.setRaw(Keys.write((Bytes) found));
    } else if (asked instanceof MailboxRequest.Events) {
      written.setEvents(write((EventPage) found));
    } else if (asked instanceof MailboxRequest.Stats) {
      written.setStats(write((MailboxStats) found));
    } else {
      writePeople(asked, found, written);
    }
    return written.build();
  }

  private static void writePeople(
      MailboxRequest<?> asked, Object found, AskResponse.Builder written) {
    if (asked instanceof MailboxRequest.PeopleOfThread) {
      written.setPeople(write((ThreadPeople) found));
    } else if (asked instanceof MailboxRequest.ThreadOf) {
      written.setThread(Keys.write((MessageId) found));
    } else if (asked instanceof MailboxRequest.RecentPeers) {
      List<?> users = (List<?>) found;
      written.setUsers(Questions.write(users.stream().map(UserId.class::cast).toList()));
    } else {
      throw new IllegalStateException("no way to write what answers " + asked.getClass());
    }
  }

  private static ThreadsValue threads(Page<?> page) {
    ThreadsValue.Builder threads = ThreadsValue.newBuilder();
    page.items().forEach(thread -> threads.addThreads(write((ThreadView) thread)));
    page.nextToken().ifPresent(threads::setNextToken);
    return threads.build();
  }

  private static ContactsValue contacts(Page<?> page) {
    ContactsValue.Builder contacts = ContactsValue.newBuilder();
    page.items().forEach(contact -> contacts.addContacts(write((ContactView) contact)));
    page.nextToken().ifPresent(contacts::setNextToken);
    return contacts.build();
  }

  private static MessagesValue messages(Page<?> page) {
    MessagesValue.Builder messages = MessagesValue.newBuilder();
    page.items()
        .forEach(message -> messages.addMessages(MessageValues.write((MessageView) message)));
    page.nextToken().ifPresent(messages::setNextToken);
    return messages.build();
  }

  private static ThreadValue write(ThreadView thread) {
    return ThreadValue.newBuilder()
        .setId(Keys.write(thread.id()))
        .addAllParticipants(Keys.written(thread.participants()))
        .setSubject(thread.subject())
        .setSnippet(thread.snippet())
        .setMessages(thread.messages())
        .setLast(thread.last().value())
        .setLastReceivedMillis(thread.lastReceivedMillis())
        .setFolder(thread.marks().folder().number())
        .addAllFlags(thread.marks().flags())
        .setUnread(thread.marks().unread())
        .setReadUpTo(thread.marks().readUpTo().value())
        .build();
  }

  private static ContactValue write(ContactView contact) {
    return ContactValue.newBuilder()
        .setId(Keys.write(contact.id()))
        .setName(contact.name())
        .addAllAddresses(Keys.written(contact.addresses()))
        .build();
  }

  private static EventsValue write(EventPage events) {
    return EventsValue.newBuilder()
        .addAllEvents(events.events().stream().map(EventValues::write).toList())
        .setUpTo(events.upTo().value())
        .setHead(events.head().value())
        .build();
  }

  private static StatsValue write(MailboxStats stats) {
    StatsValue.Builder written =
        StatsValue.newBuilder()
            .setHead(stats.head().value())
            .setMessages(stats.counts().messages())
            .setThreads(stats.counts().threads())
            .setUnread(stats.counts().unread())
            .setOwed(stats.counts().owed());
    for (MailboxStats.Consent consent : stats.consents()) {
      written.addConsents(
          ConsentValue.newBuilder()
              .setNumber(consent.number().toString())
              .setPeer(consent.peer().toString())
              .setStopped(consent.stopped()));
    }
    stats.smsStatuses().forEach(status -> written.addSmsStatuses(MessageValues.write(status)));
    return written.build();
  }

  private static PeopleValue write(ThreadPeople people) {
    return PeopleValue.newBuilder()
        .addAllUsers(people.users().stream().map(UserId::value).toList())
        .addAllOutside(Keys.written(people.outside()))
        .build();
  }

  /** Throws {@code IllegalArgumentException} for what answers another question. */
  static Object read(MailboxRequest<?> asked, AskResponse written) {
    if (asked instanceof MailboxRequest.ListThreads) {
      return read(answering(written, AnswerCase.THREADS).getThreads());
    } else if (asked instanceof MailboxRequest.ListMessages) {
      return read(answering(written, AnswerCase.MESSAGES).getMessages());
    } else if (asked instanceof MailboxRequest.Contacts) {
      return read(answering(written, AnswerCase.CONTACTS).getContacts());
    } else if (asked instanceof MailboxRequest.GetMessage) {
      return MessageValues.read(answering(written, AnswerCase.MESSAGE).getMessage());
    } else if (asked instanceof MailboxRequest.Raw) {
      return Keys.read(answering(written, AnswerCase.RAW).getRaw());
    } else if (asked instanceof MailboxRequest.Events) {
      return read(answering(written, AnswerCase.EVENTS).getEvents());
    } else if (asked instanceof MailboxRequest.Stats) {
      return read(answering(written, AnswerCase.STATS).getStats());
    }
    return readPeople(asked, written);
  }

  private static Object readPeople(MailboxRequest<?> asked, AskResponse written) {
    if (asked instanceof MailboxRequest.PeopleOfThread) {
      PeopleValue people = answering(written, AnswerCase.PEOPLE).getPeople();
      return new ThreadPeople(
          people.getUsersList().stream().map(UserId::new).collect(Collectors.toUnmodifiableSet()),
          Keys.addresses(people.getOutsideList()));
    } else if (asked instanceof MailboxRequest.ThreadOf) {
      return Keys.read(answering(written, AnswerCase.THREAD).getThread());
    } else if (asked instanceof MailboxRequest.RecentPeers) {
      return answering(written, AnswerCase.USERS).getUsers().getUsersList().stream()
          .map(UserId::new)
          .toList();
    }
    throw new IllegalStateException("no way to read what answers " + asked.getClass());
  }

  private static AskResponse answering(AskResponse written, AnswerCase expected) {
    if (written.getAnswerCase() != expected) {
      throw new IllegalArgumentException(
          "an answer to another question: " + written.getAnswerCase() + " for " + expected);
    }
    return written;
  }

  private static Page<ThreadView> read(ThreadsValue written) {
    return new Page<>(
        written.getThreadsList().stream().map(Findings::read).toList(),
        token(written.hasNextToken(), written.getNextToken()));
  }

  private static ThreadView read(ThreadValue written) {
    return new ThreadView(
        Keys.read(written.getId()),
        Keys.addresses(written.getParticipantsList()),
        written.getSubject(),
        written.getSnippet(),
        written.getMessages(),
        new Position(written.getLast()),
        written.getLastReceivedMillis(),
        new ThreadView.Marks(
            Folder.ofNumber(written.getFolder()),
            written.getFlagsList(),
            written.getUnread(),
            new Position(written.getReadUpTo())));
  }

  private static Page<MessageView> read(MessagesValue written) {
    return new Page<>(
        written.getMessagesList().stream().map(MessageValues::read).toList(),
        token(written.hasNextToken(), written.getNextToken()));
  }

  private static Page<ContactView> read(ContactsValue written) {
    return new Page<>(
        written.getContactsList().stream().map(Findings::read).toList(),
        token(written.hasNextToken(), written.getNextToken()));
  }

  private static ContactView read(ContactValue written) {
    return new ContactView(
        Keys.read(written.getId()), written.getName(), Keys.addresses(written.getAddressesList()));
  }

  private static Optional<String> token(boolean there, String token) {
    return there ? Optional.of(token) : Optional.empty();
  }

  private static EventPage read(EventsValue written) {
    return new EventPage(
        written.getEventsList().stream().map(EventValues::read).toList(),
        new Position(written.getUpTo()),
        new Position(written.getHead()));
  }

  private static MailboxStats read(StatsValue written) {
    return new MailboxStats(
        new Position(written.getHead()),
        new MailboxStats.Counts(
            written.getMessages(), written.getThreads(), written.getUnread(), written.getOwed()),
        written.getConsentsList().stream().map(Findings::read).toList(),
        written.getSmsStatusesList().stream().map(MessageValues::read).toList());
  }

  private static MailboxStats.Consent read(ConsentValue written) {
    return new MailboxStats.Consent(
        Address.parse(written.getNumber()), Address.parse(written.getPeer()), written.getStopped());
  }
}
