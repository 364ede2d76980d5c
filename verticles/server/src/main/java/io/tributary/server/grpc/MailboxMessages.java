package io.tributary.server.grpc;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.MessageView;
import io.tributary.mailbox.ThreadView;
import io.tributary.v1.Channel;
import io.tributary.v1.Message;
import io.tributary.v1.Part;
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
