package io.tributary.codecs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
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
      bound += EntryCodec.bytesMax(each);
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
            bytes(16, 16).optional(),
            Arbitraries.oneOf(opened(), delivered(), sent(), settled(), modified(), others()),
            payloads().optional())
        .as(
            (millis, key, request, action, payload) ->
                new RecordedAction(
                    millis,
                    key,
                    request,
                    action,
                    action instanceof Action.ContactSet ? Optional.empty() : payload));
  }

  private static Arbitrary<Action> opened() {
    return Combinators.combine(
            Arbitraries.integers(), texts(8), texts(8), addresses().list().ofMaxSize(3))
        .as(Action.Opened::new);
  }

  private static Arbitrary<Action> delivered() {
    var arrivals =
        Combinators.combine(
                Arbitraries.of(Channel.class),
                Arbitraries.of(Standing.class),
                addresses(),
                Arbitraries.longs())
            .as(Action.Arrival::new);
    var mails =
        Combinators.combine(bytes(16, 16).optional(), Arbitraries.longs()).as(Action.Mail::new);
    var known =
        Combinators.combine(Arbitraries.integers().between(0, 1_000), users())
            .as(Action.Known::new);
    var origins = Combinators.combine(users(), positions()).as(Origin::new);
    var consents =
        Combinators.combine(Arbitraries.of(Consent.class), addresses())
            .as(Action.ConsentAsked::new);
    return Combinators.combine(
            arrivals,
            placings(),
            mails,
            origins.optional(),
            known.list().ofMaxSize(40),
            consents.optional())
        .as(Action.Delivered::new);
  }

  private static Arbitrary<Action> sent() {
    var generations = Arbitraries.integers().between(1, Integer.MAX_VALUE);
    var addressees =
        Arbitraries.oneOf(
            Combinators.combine(users(), generations)
                .as((user, generation) -> new Action.Addressee(Optional.of(user), generation)),
            Arbitraries.just(Action.Addressee.OUTSIDE));
    return Combinators.combine(
            Arbitraries.of(Channel.class),
            Arbitraries.longs(),
            placings(),
            addressees.list().ofMaxSize(40))
        .as(Action.Sent::new);
  }

  private static Arbitrary<Action> settled() {
    return Combinators.combine(
            positions(),
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.of(RecipientState.State.DELIVERED, RecipientState.State.FAILED))
        .as(Action.Settlement::new)
        .list()
        .ofMaxSize(40)
        .map(Action.Settled::new);
  }

  private static Arbitrary<Action> modified() {
    var deletions =
        Combinators.combine(Arbitraries.of(true, false), positions().optional())
            .as(Action.Deletion::new);
    var subjects =
        Combinators.combine(Arbitraries.of(true, false), positions()).as(Action.Subject::new);
    return Combinators.combine(
            Combinators.combine(
                    subjects,
                    texts(64).list().ofMaxSize(3),
                    texts(64).list().ofMaxSize(3),
                    Arbitraries.of(Folder.class).optional(),
                    deletions.optional())
                .as(Action.MarkEdit::new)
                .list()
                .ofMaxSize(5),
            positions().optional())
        .as(Action.Modified::new);
  }

  private static Arbitrary<Action> others() {
    var aliases = Combinators.combine(bytes(16, 16), positions().optional()).as(Action.Alias::new);
    var statuses =
        Combinators.combine(texts(8), texts(8), texts(64), Arbitraries.of(SmsStatus.State.class))
            .as(SmsStatus::new);
    return Arbitraries.oneOf(
        Combinators.combine(positions(), positions()).as(Action.Read::new),
        Combinators.combine(
                positions().optional(),
                texts(40),
                addresses().list().ofMaxSize(5),
                aliases.list().ofMaxSize(5))
            .as(Action.ContactSet::new),
        addresses().list().ofMaxSize(5).map(Action.AddressesSet::new),
        Combinators.combine(Arbitraries.integers().greaterOrEqual(0), texts(40))
            .as(Action.Sealed::new),
        statuses.map(Action.SmsStatusNoted::new));
  }

  private static Arbitrary<Action.Placing> placings() {
    return Combinators.combine(
            positions().optional(),
            Arbitraries.of(ThreadReason.class),
            bytes(16, 16),
            Arbitraries.of(Folder.class).optional())
        .as(Action.Placing::new);
  }

  private static Arbitrary<Position> positions() {
    return Arbitraries.longs().greaterOrEqual(1).map(Position::new);
  }

  private static Arbitrary<UserId> users() {
    return Arbitraries.longs().greaterOrEqual(1).map(UserId::new);
  }

  private static Arbitrary<MessagePayload> payloads() {
    var parts =
        Combinators.combine(texts(20), texts(20), Arbitraries.longs().greaterOrEqual(0), texts(40))
            .as(Part::new);
    var headings =
        Combinators.combine(addresses(), texts(20), addresses().list().ofMaxSize(4), texts(20))
            .as(MessagePayload.Heading::new);
    var names = texts(64).filter(s -> !s.isEmpty());
    var clients = Combinators.combine(names, names).as(ClientId::new);
    var extras =
        Combinators.combine(clients.optional(), Arbitraries.integers().greaterOrEqual(0))
            .as(MessagePayload.Extras::new);
    return Combinators.combine(
            headings, texts(40), texts(200), parts.list().ofMaxSize(3), bytes(0, 300), extras)
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
}
