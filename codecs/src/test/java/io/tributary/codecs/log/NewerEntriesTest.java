package io.tributary.codecs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.UnreadableEntryException.Kind;
import io.tributary.records.v1.ActionPayload;
import io.tributary.records.v1.ContactPayload;
import io.tributary.records.v1.EntryPayload;
import io.tributary.records.v1.EntrySkeleton;
import io.tributary.records.v1.MessagePayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Entries as newer versions may write them: a field more, anywhere in any kind of action. Whoever
 * does not know it refuses the entry, since it may bear on the fold.
 */
class NewerEntriesTest {
  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final Set<Descriptor> made = new HashSet<>();

  @Test
  void aFieldOfANewerVersionShouldBeRefusedWhereverItStands() throws Exception {
    for (RecordedAction recorded : GoldenActions.all().values()) {
      Entry entry = new Entry(new Stamp(new Incarnation(1, 2), 3), List.of(recorded));
      EntryPayload payload = ActionRecords.payload(entry);
      EntrySkeleton skeleton = ActionRecords.skeleton(entry, payload);
      assertThat(EntryCodec.decode(entry(skeleton, payload))).isEqualTo(entry);

      for (Message newer : newer(skeleton)) {
        assertRefused(entry(newer, payload));
      }
      for (Message newer : newer(payload)) {
        assertRefused(entry(skeleton, newer));
      }
      for (ActionPayload each : payload.getPayloadsList()) {
        for (Message newer : newer(content(recorded, each.getContent()))) {
          EntryPayload changed =
              EntryPayload.newBuilder()
                  .addPayloads(each.toBuilder().setContent(newer.toByteString()))
                  .build();
          assertRefused(entry(skeleton, changed));
        }
      }
    }

    Set<Descriptor> all = new HashSet<>();
    reach(EntrySkeleton.getDescriptor(), all);
    reach(EntryPayload.getDescriptor(), all);
    reach(MessagePayload.getDescriptor(), all);
    reach(ContactPayload.getDescriptor(), all);
    assertThat(made).as("each kind of record was tried").isEqualTo(all);
  }

  private static Message content(RecordedAction recorded, ByteString content)
      throws InvalidProtocolBufferException {
    return recorded.action() instanceof Action.ContactSet
        ? ContactPayload.parseFrom(content)
        : MessagePayload.parseFrom(content);
  }

  /** The message with one field more, in itself or in one of those that it holds. */
  private List<Message> newer(Message message) {
    made.add(message.getDescriptorForType());
    List<Message> newer = new ArrayList<>();
    newer.add(message.toBuilder().setUnknownFields(NEWER).build());
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                newer.addAll(inside(message, field));
              }
            });
    return newer;
  }

  private List<Message> inside(Message message, FieldDescriptor field) {
    List<Message> newer = new ArrayList<>();
    if (field.isRepeated()) {
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        for (Message each : newer((Message) message.getRepeatedField(field, i))) {
          newer.add(message.toBuilder().setRepeatedField(field, i, each).build());
        }
      }
    } else {
      for (Message each : newer((Message) message.getField(field))) {
        newer.add(message.toBuilder().setField(field, each).build());
      }
    }
    return newer;
  }

  private static void reach(Descriptor type, Set<Descriptor> all) {
    if (all.add(type)) {
      type.getFields().stream()
          .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
          .forEach(field -> reach(field.getMessageType(), all));
    }
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> EntryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            UnreadableEntryException.class,
            e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_ACTION));
  }

  private static byte[] entry(Message skeleton, Message payload) {
    byte[] decisions = skeleton.toByteArray();
    byte[] content = payload.toByteArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(EntryCodec.HEADER_BYTES + decisions.length + content.length);
    bytes.put((byte) 1).putLong(1).putLong(2).putLong(3).putInt(0).putInt(decisions.length);
    bytes.put(decisions).put(content);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, 25);
    crc.update(bytes.array(), 29, bytes.capacity() - 29);
    return bytes.putInt(25, (int) crc.getValue()).array();
  }
}
