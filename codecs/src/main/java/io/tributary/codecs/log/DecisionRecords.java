package io.tributary.codecs.log;

import static io.tributary.codecs.log.ActionRecords.byteString;
import static io.tributary.codecs.log.Numbers.whole;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Addressee;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.records.v1.ActionRecord;
import io.tributary.records.v1.AddressesRecord;
import io.tributary.records.v1.OpenedRecord;
import io.tributary.records.v1.ReadRecord;
import io.tributary.records.v1.RecipientRecord;
import io.tributary.records.v1.SealedRecord;
import io.tributary.records.v1.SentRecord;
import io.tributary.records.v1.SettledRecord;
import io.tributary.records.v1.SettlementRecord;
import io.tributary.records.v1.SmsStatusRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decisions as protobuf records and back, each kind by its name. */
final class DecisionRecords {
  private static final int DELIVERED = 1;
  private static final int FAILED = 2;

  private DecisionRecords() {}

  static void write(Action action, ActionRecord.Builder written) {
    if (action instanceof Action.Opened opened) {
      written.setOpened(write(opened));
    } else if (action instanceof Action.Sealed sealed) {
      written.setSealed(
          SealedRecord.newBuilder().setGeneration(sealed.generation()).setCell(sealed.cell()));
    } else if (action instanceof Action.Delivered delivered) {
      written.setDelivered(DeliveryRecords.write(delivered));
    } else if (action instanceof Action.Sent sent) {
      written.setSent(write(sent));
    } else if (action instanceof Action.Settled settled) {
      written.setSettled(write(settled));
    } else if (action instanceof Action.Read read) {
      written.setRead(
          ReadRecord.newBuilder()
              .setThreadPosition(read.thread().value())
              .setUpTo(read.upTo().value()));
    } else if (action instanceof Action.Modified modified) {
      written.setModified(MarkRecords.write(modified));
    } else if (action instanceof Action.ContactSet contact) {
      written.setContact(MarkRecords.write(contact));
    } else if (action instanceof Action.AddressesSet set) {
      written.setAddresses(AddressesRecord.newBuilder().addAllAddresses(written(set.addresses())));
    } else if (action instanceof Action.SmsStatusNoted noted) {
      written.setSmsStatus(write(noted.status()));
    } else {
      throw new IllegalStateException("no record for " + action.getClass());
    }
  }

  /**
   * @param content its payload, if it still has one
   */
  static Action read(ActionRecord written, @Nullable ByteString content)
      throws InvalidProtocolBufferException {
    return switch (written.getDecisionCase()) {
      case OPENED -> read(whole(written.getOpened()));
      case SEALED -> read(whole(written.getSealed()));
      case DELIVERED -> DeliveryRecords.read(whole(written.getDelivered()));
      case SENT -> read(whole(written.getSent()));
      case SETTLED -> read(whole(written.getSettled()));
      case READ -> read(whole(written.getRead()));
      case MODIFIED -> MarkRecords.read(whole(written.getModified()));
      case CONTACT -> MarkRecords.read(whole(written.getContact()), content);
      case ADDRESSES ->
          new Action.AddressesSet(addresses(whole(written.getAddresses()).getAddressesList()));
      case SMS_STATUS -> read(whole(written.getSmsStatus()));
      case DECISION_NOT_SET ->
          throw UnreadableEntryException.unknown("entry has an unknown action");
    };
  }

  private static OpenedRecord write(Action.Opened opened) {
    return OpenedRecord.newBuilder()
        .setGeneration(opened.generation())
        .setCell(opened.cell())
        .setName(opened.name())
        .addAllAddresses(written(opened.addresses()))
        .build();
  }

  private static Action read(OpenedRecord written) {
    return new Action.Opened(
        written.getGeneration(),
        written.getCell(),
        written.getName(),
        addresses(written.getAddressesList()));
  }

  private static Action read(SealedRecord written) {
    return new Action.Sealed(written.getGeneration(), written.getCell());
  }

  private static SentRecord write(Action.Sent sent) {
    SentRecord.Builder written =
        SentRecord.newBuilder()
            .setChannel(sent.channel().number())
            .setThreadReason(sent.placing().reason().number())
            .setSentMillis(sent.millis())
            .setPeopleHash(byteString(sent.placing().people()))
            .setFolder(Numbers.folder(sent.placing().folder()));
    sent.placing().thread().ifPresent(thread -> written.setThreadPosition(thread.value()));
    for (Addressee recipient : sent.recipients()) {
      written.addRecipients(
          RecipientRecord.newBuilder()
              .setUser(recipient.user().map(UserId::value).orElse(0L))
              .setGeneration(recipient.generation()));
    }
    return written.build();
  }

  private static Action read(SentRecord written) {
    return new Action.Sent(
        Numbers.channel(written.getChannel()),
        written.getSentMillis(),
        new Action.Placing(
            position(written.getThreadPosition()),
            Numbers.reason(written.getThreadReason()),
            ActionRecords.bytes(written.getPeopleHash()),
            Numbers.folder(written.getFolder())),
        written.getRecipientsList().stream().map(DecisionRecords::read).toList());
  }

  private static Addressee read(RecipientRecord written) {
    whole(written);
    return written.getUser() == 0
        ? Addressee.OUTSIDE
        : new Addressee(Optional.of(new UserId(written.getUser())), written.getGeneration());
  }

  private static SettledRecord write(Action.Settled settled) {
    SettledRecord.Builder written = SettledRecord.newBuilder();
    for (Settlement settlement : settled.settlements()) {
      written.addSettlements(
          SettlementRecord.newBuilder()
              .setPosition(settlement.message().value())
              .setRecipient(settlement.recipient())
              .setState(settlement.state() == State.DELIVERED ? DELIVERED : FAILED));
    }
    return written.build();
  }

  private static Action read(SettledRecord written) {
    return new Action.Settled(
        written.getSettlementsList().stream().map(DecisionRecords::read).toList());
  }

  private static Settlement read(SettlementRecord written) {
    whole(written);
    State state =
        switch (written.getState()) {
          case DELIVERED -> State.DELIVERED;
          case FAILED -> State.FAILED;
          default ->
              throw UnreadableEntryException.unknown("entry has state " + written.getState());
        };
    return new Settlement(new Position(written.getPosition()), written.getRecipient(), state);
  }

  private static Action read(ReadRecord written) {
    return new Action.Read(
        new Position(written.getThreadPosition()), new Position(written.getUpTo()));
  }

  private static SmsStatusRecord write(SmsStatus status) {
    return SmsStatusRecord.newBuilder()
        .setProvider(status.provider())
        .setAccount(status.account())
        .setMessageId(status.messageId())
        .setState(status.state().number())
        .build();
  }

  private static Action read(SmsStatusRecord written) {
    return new Action.SmsStatusNoted(
        new SmsStatus(
            written.getProvider(),
            written.getAccount(),
            written.getMessageId(),
            Numbers.known(() -> SmsStatus.State.ofNumber(written.getState()))));
  }

  /** 0 stands for none. */
  static Optional<Position> position(long written) {
    return written == 0 ? Optional.empty() : Optional.of(new Position(written));
  }

  static List<String> written(List<Address> addresses) {
    return addresses.stream().map(Address::toString).toList();
  }

  static List<Address> addresses(List<String> written) {
    return written.stream().map(Address::parse).toList();
  }
}
