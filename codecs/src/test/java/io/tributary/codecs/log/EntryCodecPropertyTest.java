package io.tributary.codecs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.ActionPayload;
import io.tributary.records.v1.EntryPayload;
import io.tributary.records.v1.EntrySkeleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryCodecPropertyTest {
  @Property(tries = 300)
  void decodingShouldGiveBackWhatWasEncoded(@ForAll("entries") Entry entry) {
    byte[] bytes = EntryCodec.encode(entry);

    assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
    assertThat(EntryCodec.stampOf(bytes)).isEqualTo(entry.stamp());
  }

  @Property(tries = 300)
  void noEntryShouldBeLongerThanItsBound(@ForAll("entries") Entry entry) {
    long bound = EntryCodec.HEADER_BYTES;
    for (RecordedAction each : entry.actions()) {
      bound += EntryCodec.ACTION_BYTES_MAX;
      bound += each.payload().map(EntryCodec::payloadBytesMax).orElse(0L);
    }

    assertThat((long) EntryCodec.encode(entry).length).isLessThanOrEqualTo(bound);
  }

  @Property(tries = 100)
  void everyPayloadShouldBeHashedAsItStands(@ForAll("entries") Entry entry) throws Exception {
    byte[] bytes = EntryCodec.encode(entry);
    int skeletonBytes = ByteBuffer.wrap(bytes).getInt(EntryCodec.HEADER_BYTES - Integer.BYTES);
    int payloadAt = EntryCodec.HEADER_BYTES + skeletonBytes;
    var skeleton =
        EntrySkeleton.parseFrom(Arrays.copyOfRange(bytes, EntryCodec.HEADER_BYTES, payloadAt));
    var payload = EntryPayload.parseFrom(Arrays.copyOfRange(bytes, payloadAt, bytes.length));

    for (ActionPayload each : payload.getPayloadsList()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(each.getContent().toByteArray());
      assertThat(skeleton.getActions(each.getAction()).getPayloadSha256().toByteArray())
          .isEqualTo(hash);
    }
    long hashes =
        skeleton.getActionsList().stream().filter(a -> !a.getPayloadSha256().isEmpty()).count();
    assertThat(hashes).isEqualTo(payload.getPayloadsCount());
  }

  @Property(tries = 1_000)
  void anyBytesShouldDecodeOrBeUnreadable(@ForAll byte[] bytes) {
    try {
      assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
    } catch (UnreadableEntryException expected) {
      assertThat(expected.kind()).isNotNull();
    }
  }

  @Provide
  Arbitrary<Entry> entries() {
    return Combinators.combine(stamps(), actions().list().ofMinSize(1).ofMaxSize(8)).as(Entry::new);
  }

  private static Arbitrary<Stamp> stamps() {
    var incarnations =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Incarnation::new);
    return Combinators.combine(incarnations, Arbitraries.longs().greaterOrEqual(1)).as(Stamp::new);
  }

  private static Arbitrary<RecordedAction> actions() {
    return Combinators.combine(
            Arbitraries.longs(),
            bytes(1, 64).optional(),
            Arbitraries.oneOf(opened(), delivered()),
            payloads().optional())
        .as(RecordedAction::new);
  }

  private static Arbitrary<Action> opened() {
    return Combinators.combine(
            Arbitraries.integers(), texts(8), texts(8), addresses().list().ofMaxSize(3))
        .as(Action.Opened::new);
  }

  private static Arbitrary<Action> delivered() {
    var how =
        Combinators.combine(
                Arbitraries.of(Channel.class),
                Arbitraries.longs().greaterOrEqual(1).map(Position::new).optional(),
                Arbitraries.of(ThreadReason.class),
                Arbitraries.longs(),
                Arbitraries.of(true, false))
            .as(How::new);
    return Combinators.combine(
            how, addresses(), bytes(16, 16), bytes(16, 16).optional(), Arbitraries.longs())
        .as(
            (h, by, people, id, rawBytes) ->
                new Action.Delivered(
                    h.channel, h.thread, h.reason, h.millis, h.verified, by, people, id, rawBytes));
  }

  private static Arbitrary<MessagePayload> payloads() {
    var parts =
        Combinators.combine(texts(20), texts(20), Arbitraries.longs().greaterOrEqual(0))
            .as(Part::new);
    return Combinators.combine(
            addresses(),
            texts(20),
            addresses().list().ofMaxSize(4),
            texts(20),
            texts(40),
            texts(200),
            parts.list().ofMaxSize(3),
            bytes(0, 300))
        .as(MessagePayload::new);
  }

  private static Arbitrary<Address> addresses() {
    var values =
        texts(320).filter(s -> !s.isEmpty() && s.chars().noneMatch(Character::isISOControl));
    return Combinators.combine(Arbitraries.of(AddressKind.class), values).as(Address::new);
  }

  /** Any text without half surrogate pairs. */
  private static Arbitrary<String> texts(int charactersMax) {
    return Arbitraries.strings()
        .ofMaxLength(charactersMax)
        .filter(s -> s.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
  }

  private static Arbitrary<Bytes> bytes(int min, int max) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max).map(Bytes::copyOf);
  }

  private record How(
      Channel channel,
      Optional<Position> thread,
      ThreadReason reason,
      long millis,
      boolean verified) {}
}
