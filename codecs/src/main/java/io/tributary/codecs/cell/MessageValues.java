package io.tributary.codecs.cell;

import io.tributary.cell.v1.MessageValue;
import io.tributary.cell.v1.RecipientValue;
import io.tributary.cell.v1.SmsStatusValue;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.codecs.message.SmsStatus;

/** Messages as their mailboxes show them. */
public final class MessageValues {
  private MessageValues() {}

  public static MessageValue write(MessageView view) {
    return MessageValue.newBuilder()
        .setId(Keys.write(view.id()))
        .setThread(Keys.write(view.thread()))
        .setPosition(view.position().value())
        .setChannel(view.channel().number())
        .setFrom(view.from().toString())
        .addAllTo(Keys.written(view.to()))
        .setSubject(view.subject())
        .setText(view.text())
        .setReceivedMillis(view.receivedMillis())
        .setVerified(view.verified())
        .addAllParts(view.parts().stream().map(DeliveryValues::write).toList())
        .addAllFlags(view.marks().flags())
        .setDeleted(view.marks().deleted())
        .addAllRecipients(view.marks().recipients().stream().map(MessageValues::write).toList())
        .build();
  }

  /** Throws {@code IllegalArgumentException} for what no node of this version writes. */
  public static MessageView read(MessageValue written) {
    return new MessageView(
        Keys.read(written.getId()),
        Keys.read(written.getThread()),
        new Position(written.getPosition()),
        Channel.ofNumber(written.getChannel()),
        Address.parse(written.getFrom()),
        Keys.addresses(written.getToList()),
        written.getSubject(),
        written.getText(),
        written.getReceivedMillis(),
        written.getVerified(),
        written.getPartsList().stream().map(DeliveryValues::read).toList(),
        new MessageView.Marks(
            written.getFlagsList(),
            written.getDeleted(),
            written.getRecipientsList().stream().map(MessageValues::read).toList()));
  }

  private static RecipientValue write(RecipientState recipient) {
    return RecipientValue.newBuilder()
        .setAddress(recipient.address().toString())
        .setState(
            switch (recipient.state()) {
              case OWED -> 1;
              case DELIVERED -> 2;
              case FAILED -> 3;
            })
        .build();
  }

  private static RecipientState read(RecipientValue written) {
    State state =
        switch (written.getState()) {
          case 1 -> State.OWED;
          case 2 -> State.DELIVERED;
          case 3 -> State.FAILED;
          default ->
              throw new IllegalArgumentException("no recipient's state " + written.getState());
        };
    return new RecipientState(Address.parse(written.getAddress()), state);
  }

  public static SmsStatusValue write(SmsStatus status) {
    return SmsStatusValue.newBuilder()
        .setProvider(status.provider())
        .setAccount(status.account())
        .setMessageId(status.messageId())
        .setState(status.state().number())
        .build();
  }

  public static SmsStatus read(SmsStatusValue written) {
    return new SmsStatus(
        written.getProvider(),
        written.getAccount(),
        written.getMessageId(),
        SmsStatus.State.ofNumber(written.getState()));
  }
}
