package io.tributary.codecs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.UnreadableEntryException.Kind;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.ActionRecord;
import io.tributary.records.v1.DeliveredRecord;
import io.tributary.records.v1.EntrySkeleton;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final Stamp STAMP =
      new Stamp(new Incarnation(0x0123456789ABCDEFL, 0x1122334455667788L), 7);

  private static final Entry OPENED =
      new Entry(
          STAMP,
          List.of(
              new RecordedAction(
                  1_700_000_000_000L,
                  Optional.empty(),
                  new Action.Opened(
                      1, "c1", "bob", List.of(Address.parse("email:bob@example.com"))),
                  Optional.empty())));

  private static final Entry DELIVERED =
      new Entry(
          STAMP,
          List.of(
              new RecordedAction(
                  1_700_000_000_001L,
                  Optional.of(Bytes.ofUtf8("key")),
                  new Action.Delivered(
                      new Action.Arrival(
                          Channel.EMAIL,
                          Standing.VERIFIED,
                          Address.parse("email:bob@example.com"),
                          1_700_000_000_000L),
                      new Action.Placing(
                          Optional.of(Position.of(2, 0)),
                          ThreadReason.REPLY,
                          Bytes.ofUtf8("people")),
                      new Action.Mail(Optional.of(Bytes.ofUtf8("id")), 4)),
                  Optional.of(
                      new MessagePayload(
                          new MessagePayload.Heading(
                              Address.parse("email:ann@example.org"),
                              "Ann",
                              List.of(Address.parse("email:bob@example.com")),
                              "ann@example.org"),
                          "Hi",
                          "text",
                          List.of(new Part("a.png", "image/png", 9)),
                          Bytes.ofUtf8("raw!"))))));

  @Test
  void openedShouldHaveItsGoldenBytes() {
    assertGolden(
        OPENED,
        "01"
            + "0123456789abcdef1122334455667788"
            + "0000000000000007"
            + "756f2605"
            + "0000002e"
            + "0a2c0880d095ffbc318201220801120263311a03626f622215656d61696c3a626f624065"
            + "78616d706c652e636f6d");
  }

  @Test
  void deliveredShouldHaveItsGoldenBytes() {
    assertGolden(
        DELIVERED,
        "01"
            + "0123456789abcdef1122334455667788"
            + "0000000000000007"
            + "c3395ba5"
            + "00000068"
            + "0a660881d095ffbc3112036b65791a20046e02650c413feb5f7d88b78f5f3418e78e297e"
            + "93a12fee35c6d1961f28df2a8a0135080110800418022080d095ffbc3128013215656d61"
            + "696c3a626f62406578616d706c652e636f6d3a0670656f706c654202696448040a6c126a"
            + "0a15656d61696c3a616e6e406578616d706c652e6f72671203416e6e1a15656d61696c3a"
            + "626f62406578616d706c652e636f6d220248692a047465787432140a05612e706e671209"
            + "696d6167652f706e6718093a0472617721420f616e6e406578616d706c652e6f7267");
  }

  @Test
  void stampShouldBeReadFromTheHeaderAlone() {
    byte[] bytes = EntryCodec.encode(DELIVERED);
    Arrays.fill(bytes, EntryCodec.HEADER_BYTES, bytes.length, (byte) 0);

    assertThat(EntryCodec.stampOf(bytes)).isEqualTo(STAMP);
  }

  @Test
  void unknownFormatVersionShouldBeUnknownNotCorrupt() {
    byte[] bytes = EntryCodec.encode(OPENED);
    bytes[0] = 2;

    assertUnreadable(bytes, Kind.UNKNOWN_ACTION);
  }

  @Test
  void actionOfANewerVersionShouldNeverBeSkipped() {
    var newer = ActionRecord.newBuilder().setRecordedMillis(1).build();

    assertUnreadable(entryOf(newer), Kind.UNKNOWN_ACTION);
  }

  @Test
  void channelAndReasonOfANewerVersionShouldBeUnknown() {
    var delivered =
        DeliveredRecord.newBuilder()
            .setChannel(99)
            .setThreadReason(1)
            .setResolvedAddress("chat:bob");
    assertUnreadable(
        entryOf(ActionRecord.newBuilder().setDelivered(delivered).build()), Kind.UNKNOWN_ACTION);

    delivered.setChannel(1).setThreadReason(99);
    assertUnreadable(
        entryOf(ActionRecord.newBuilder().setDelivered(delivered).build()), Kind.UNKNOWN_ACTION);
  }

  @Test
  void entryWithoutActionsShouldBeCorrupt() {
    assertUnreadable(entryOf(), Kind.CORRUPT);
  }

  @Test
  void entryWithABadAddressShouldBeCorrupt() {
    var delivered =
        DeliveredRecord.newBuilder()
            .setChannel(1)
            .setThreadReason(1)
            .setResolvedAddress("nonsense");

    assertUnreadable(
        entryOf(ActionRecord.newBuilder().setDelivered(delivered).build()), Kind.CORRUPT);
  }

  @Test
  void everyCutAndEveryFlippedBitShouldBeNoticed() {
    byte[] bytes = EntryCodec.encode(DELIVERED);
    for (int length = 0; length < bytes.length; length++) {
      assertUnreadable(Arrays.copyOf(bytes, length), Kind.CORRUPT);
    }
    for (int bit = 8; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertUnreadable(flipped, Kind.CORRUPT);
    }
  }

  private static void assertGolden(Entry entry, String hex) {
    assertThat(HexFormat.of().formatHex(EntryCodec.encode(entry))).isEqualTo(hex);
    assertThat(EntryCodec.decode(HexFormat.of().parseHex(hex))).isEqualTo(entry);
  }

  private static void assertUnreadable(byte[] bytes, Kind kind) {
    assertThatThrownBy(() -> EntryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            UnreadableEntryException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static byte[] entryOf(ActionRecord... actions) {
    byte[] skeleton =
        EntrySkeleton.newBuilder().addAllActions(List.of(actions)).build().toByteArray();
    ByteBuffer bytes = ByteBuffer.allocate(EntryCodec.HEADER_BYTES + skeleton.length);
    bytes.put((byte) 1).putLong(1).putLong(2).putLong(3).putInt(0).putInt(skeleton.length);
    bytes.put(skeleton);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, 25);
    crc.update(bytes.array(), 29, bytes.capacity() - 29);
    return bytes.putInt(25, (int) crc.getValue()).array();
  }
}
