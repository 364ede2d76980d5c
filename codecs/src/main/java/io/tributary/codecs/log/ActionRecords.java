package io.tributary.codecs.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.ActionPayload;
import io.tributary.records.v1.ActionRecord;
import io.tributary.records.v1.DeliveredRecord;
import io.tributary.records.v1.EntryPayload;
import io.tributary.records.v1.EntrySkeleton;
import io.tributary.records.v1.OpenedRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Actions as protobuf records and back. */
final class ActionRecords {
  private ActionRecords() {}

  static EntryPayload payload(Entry entry) {
    EntryPayload.Builder payloads = EntryPayload.newBuilder();
    for (int index = 0; index < entry.actions().size(); index++) {
      Optional<MessagePayload> payload = entry.actions().get(index).payload();
      if (payload.isPresent()) {
        ByteString content = PayloadRecords.write(payload.get()).toByteString();
        payloads.addPayloads(ActionPayload.newBuilder().setAction(index).setContent(content));
      }
    }
    return payloads.build();
  }

  static EntrySkeleton skeleton(Entry entry, EntryPayload payload) {
    Map<Integer, ByteString> hashes = new HashMap<>();
    for (ActionPayload each : payload.getPayloadsList()) {
      hashes.put(each.getAction(), sha256(each.getContent()));
    }
    EntrySkeleton.Builder skeleton = EntrySkeleton.newBuilder();
    for (int index = 0; index < entry.actions().size(); index++) {
      ByteString hash = hashes.getOrDefault(index, ByteString.EMPTY);
      skeleton.addActions(write(entry.actions().get(index)).setPayloadSha256(hash));
    }
    return skeleton.build();
  }

  static List<RecordedAction> actions(EntrySkeleton skeleton, EntryPayload payload)
      throws InvalidProtocolBufferException {
    Map<Integer, ByteString> contents = contents(payload, skeleton.getActionsCount());
    List<RecordedAction> actions = new ArrayList<>(skeleton.getActionsCount());
    for (int index = 0; index < skeleton.getActionsCount(); index++) {
      ActionRecord written = skeleton.getActions(index);
      ByteString content = contents.get(index);
      // a hash without its payload is what is left of a payload that was destroyed
      actions.add(
          new RecordedAction(
              written.getRecordedMillis(),
              bytesUnlessEmpty(written.getKey()),
              action(written),
              content == null ? Optional.empty() : Optional.of(PayloadRecords.read(content))));
    }
    return actions;
  }

  private static Map<Integer, ByteString> contents(EntryPayload payload, int actions) {
    Map<Integer, ByteString> contents = new HashMap<>();
    for (ActionPayload each : payload.getPayloadsList()) {
      boolean known = each.getAction() >= 0 && each.getAction() < actions;
      if (!known || contents.put(each.getAction(), each.getContent()) != null) {
        throw UnreadableEntryException.corrupt("payload belongs to no action: " + each.getAction());
      }
    }
    return contents;
  }

  private static ActionRecord.Builder write(RecordedAction recorded) {
    ActionRecord.Builder written =
        ActionRecord.newBuilder().setRecordedMillis(recorded.recordedMillis());
    recorded.key().ifPresent(key -> written.setKey(byteString(key)));
    if (recorded.action() instanceof Action.Opened opened) {
      written.setOpened(write(opened));
    } else if (recorded.action() instanceof Action.Delivered delivered) {
      written.setDelivered(write(delivered));
    } else {
      throw new IllegalStateException("no record for " + recorded.action().getClass());
    }
    return written;
  }

  private static OpenedRecord write(Action.Opened opened) {
    return OpenedRecord.newBuilder()
        .setGeneration(opened.generation())
        .setCell(opened.cell())
        .setName(opened.name())
        .addAllAddresses(opened.addresses().stream().map(Address::toString).toList())
        .build();
  }

  private static DeliveredRecord write(Action.Delivered delivered) {
    DeliveredRecord.Builder written =
        DeliveredRecord.newBuilder()
            .setChannel(delivered.channel().number())
            .setThreadReason(delivered.reason().number())
            .setReceivedMillis(delivered.receivedMillis())
            .setVerified(delivered.verified())
            .setResolvedAddress(delivered.resolvedBy().toString())
            .setPeopleHash(byteString(delivered.people()))
            .setRawBytes(delivered.rawBytes());
    delivered.thread().ifPresent(thread -> written.setThreadPosition(thread.value()));
    delivered.messageId().ifPresent(hash -> written.setMessageIdHash(byteString(hash)));
    return written.build();
  }

  private static Action action(ActionRecord written) {
    return switch (written.getDecisionCase()) {
      case OPENED -> opened(written.getOpened());
      case DELIVERED -> delivered(written.getDelivered());
      case DECISION_NOT_SET ->
          throw UnreadableEntryException.unknown("entry has an unknown action");
    };
  }

  private static Action opened(OpenedRecord written) {
    return new Action.Opened(
        written.getGeneration(),
        written.getCell(),
        written.getName(),
        written.getAddressesList().stream().map(Address::parse).toList());
  }

  private static Action delivered(DeliveredRecord written) {
    return new Action.Delivered(
        channel(written.getChannel()),
        written.getThreadPosition() == 0
            ? Optional.empty()
            : Optional.of(new Position(written.getThreadPosition())),
        reason(written.getThreadReason()),
        written.getReceivedMillis(),
        written.getVerified(),
        Address.parse(written.getResolvedAddress()),
        bytes(written.getPeopleHash()),
        bytesUnlessEmpty(written.getMessageIdHash()),
        written.getRawBytes());
  }

  private static Channel channel(int number) {
    try {
      return Channel.ofNumber(number);
    } catch (IllegalArgumentException newer) {
      throw UnreadableEntryException.unknown("entry has channel " + number);
    }
  }

  private static Action.ThreadReason reason(int number) {
    try {
      return Action.ThreadReason.ofNumber(number);
    } catch (IllegalArgumentException newer) {
      throw UnreadableEntryException.unknown("entry has thread reason " + number);
    }
  }

  static ByteString byteString(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
  }

  static Bytes bytes(ByteString bytes) {
    return Bytes.ofOwned(bytes.toByteArray());
  }

  private static Optional<Bytes> bytesUnlessEmpty(ByteString bytes) {
    return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes(bytes));
  }

  private static ByteString sha256(ByteString content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.asReadOnlyByteBuffer());
      return ByteString.copyFrom(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
