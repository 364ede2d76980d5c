package io.tributary.codecs.log;

import static io.tributary.codecs.log.Numbers.whole;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.codecs.message.Bytes;
import io.tributary.records.v1.ActionPayload;
import io.tributary.records.v1.ActionRecord;
import io.tributary.records.v1.EntryPayload;
import io.tributary.records.v1.EntrySkeleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Actions as protobuf records and back. What has a field that this version lacks is refused: it may
 * bear on what is folded.
 */
final class ActionRecords {
  private ActionRecords() {}

  static EntryPayload payload(Entry entry) {
    EntryPayload.Builder payloads = EntryPayload.newBuilder();
    for (int index = 0; index < entry.actions().size(); index++) {
      Optional<ByteString> content = content(entry.actions().get(index));
      if (content.isPresent()) {
        payloads.addPayloads(ActionPayload.newBuilder().setAction(index).setContent(content.get()));
      }
    }
    return payloads.build();
  }

  private static Optional<ByteString> content(RecordedAction recorded) {
    if (recorded.action() instanceof Action.ContactSet contact) {
      return Optional.of(PayloadRecords.write(contact).toByteString());
    }
    return recorded.payload().map(payload -> PayloadRecords.write(payload).toByteString());
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
    whole(skeleton);
    Map<Integer, ByteString> contents = contents(whole(payload), skeleton.getActionsCount());
    List<RecordedAction> actions = new ArrayList<>(skeleton.getActionsCount());
    for (int index = 0; index < skeleton.getActionsCount(); index++) {
      actions.add(recorded(skeleton.getActions(index), contents.get(index)));
    }
    return actions;
  }

  /**
   * @param content null where the payload was destroyed or never was
   */
  private static RecordedAction recorded(ActionRecord written, @Nullable ByteString content)
      throws InvalidProtocolBufferException {
    Action action = DecisionRecords.read(written, content);
    whole(written);
    Optional<MessagePayload> payload =
        content == null || action instanceof Action.ContactSet
            ? Optional.empty()
            : Optional.of(PayloadRecords.read(content));
    return new RecordedAction(
        written.getRecordedMillis(),
        bytesUnlessEmpty(written.getKey()),
        bytesUnlessEmpty(written.getRequestHash()),
        action,
        payload);
  }

  private static Map<Integer, ByteString> contents(EntryPayload payload, int actions) {
    Map<Integer, ByteString> contents = new HashMap<>();
    for (ActionPayload each : payload.getPayloadsList()) {
      boolean known = whole(each).getAction() >= 0 && each.getAction() < actions;
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
    recorded.request().ifPresent(hash -> written.setRequestHash(byteString(hash)));
    DecisionRecords.write(recorded.action(), written);
    return written;
  }

  static ByteString byteString(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
  }

  static Bytes bytes(ByteString bytes) {
    return Bytes.ofOwned(bytes.toByteArray());
  }

  static Optional<Bytes> bytesUnlessEmpty(ByteString bytes) {
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
