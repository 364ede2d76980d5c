package io.tributary.server.api;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.RecipientState;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.ThreadView;
import io.tributary.v1.Channel;
import io.tributary.v1.Contact;
import io.tributary.v1.Folder;
import io.tributary.v1.Mailbox;
import io.tributary.v1.Message;
import io.tributary.v1.Part;
import io.tributary.v1.RecipientStatus;
import io.tributary.v1.SmsConsent;
import io.tributary.v1.SmsDelivery;
import io.tributary.v1.Thread;
import java.util.ArrayList;
import java.util.List;

/** Messages and threads in the words of the API. */
final class MailboxMessages {
  private MailboxMessages() {}

  static Message message(MessageView view) {
    return Message.newBuilder()
        .setId(view.id().toString())
        .setThread(view.thread().toString())
        .setSeq(view.position().value())
        .setChannel(channel(view.channel()))
        .setFrom(view.from().toString())
        .addAllTo(written(view.to()))
        .setSubject(view.subject())
        .setText(view.text())
        .setReceivedAt(UserMessages.timestamp(view.receivedMillis()))
        .setVerified(view.verified())
        .addAllParts(parts(view.parts()))
        .addAllFlags(view.marks().flags())
        .addAllRecipients(recipients(view.marks().recipients()))
        .setDeleted(view.marks().deleted())
        .build();
  }

  static Thread thread(ThreadView view) {
    return Thread.newBuilder()
        .setId(view.id().toString())
        .addAllParticipants(written(view.participants()))
        .setSubject(view.subject())
        .setSnippet(view.snippet())
        .setMessages(view.messages())
        .setLastSeq(view.last().value())
        .setLastReceivedAt(UserMessages.timestamp(view.lastReceivedMillis()))
        .setFolder(folder(view.marks().folder()))
        .addAllFlags(view.marks().flags())
        .setUnread(view.marks().unread())
        .setReadSeq(view.marks().readUpTo().value())
        .build();
  }

  static Contact contact(ContactView view) {
    return Contact.newBuilder()
        .setId(view.id().toString())
        .setName(view.name())
        .addAllAddresses(written(view.addresses()))
        .build();
  }

  static Mailbox mailbox(String user, MailboxStats stats) {
    Mailbox.Builder message =
        Mailbox.newBuilder()
            .setUser(user)
            .setHeadSeq(stats.head().value())
            .setMessages(stats.counts().messages())
            .setThreads(stats.counts().threads())
            .setUnread(stats.counts().unread())
            .setOwed(stats.counts().owed());
    stats.consents().forEach(consent -> message.addSmsConsents(consent(consent)));
    stats.smsStatuses().forEach(status -> message.addSmsDeliveries(delivery(status)));
    return message.build();
  }

  private static SmsConsent consent(MailboxStats.Consent consent) {
    return SmsConsent.newBuilder()
        .setNumber(consent.number().toString())
        .setPeer(consent.peer().toString())
        .setStopped(consent.stopped())
        .build();
  }

  private static SmsDelivery delivery(SmsStatus status) {
    return SmsDelivery.newBuilder()
        .setProvider(status.provider())
        .setAccount(status.account())
        .setProviderMessageId(status.messageId())
        .setState(status.state().name())
        .build();
  }

  private static Folder folder(io.tributary.codecs.message.Folder folder) {
    return switch (folder) {
      case MESSAGES -> Folder.MESSAGES;
      case OTHER -> Folder.OTHER;
      case JUNK -> Folder.JUNK;
      case ARCHIVE -> Folder.ARCHIVE;
    };
  }

  private static List<RecipientStatus> recipients(List<RecipientState> states) {
    return states.stream().map(MailboxMessages::recipient).toList();
  }

  private static RecipientStatus recipient(RecipientState state) {
    return RecipientStatus.newBuilder()
        .setAddress(state.address().toString())
        .setState(
            switch (state.state()) {
              case OWED -> RecipientStatus.State.OWED;
              case DELIVERED -> RecipientStatus.State.DELIVERED;
              case FAILED -> RecipientStatus.State.FAILED;
            })
        .build();
  }

  private static Channel channel(io.tributary.codecs.message.Channel channel) {
    return switch (channel) {
      case EMAIL -> Channel.EMAIL;
      case SMS -> Channel.SMS;
      case CHAT -> Channel.CHAT;
    };
  }

  private static List<String> written(List<Address> addresses) {
    return addresses.stream().map(Address::toString).toList();
  }

  private static List<Part> parts(List<io.tributary.codecs.message.Part> parts) {
    List<Part> messages = new ArrayList<>();
    for (int index = 0; index < parts.size(); index++) {
      io.tributary.codecs.message.Part part = parts.get(index);
      messages.add(
          Part.newBuilder()
              .setIndex(index)
              .setName(part.name())
              .setContentType(part.contentType())
              .setBytes(part.bytes())
              .build());
    }
    return messages;
  }
}
