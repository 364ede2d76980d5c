package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Entries that can be read, of actions that no honest writer would have written there: most of what
 * they refer to is something else, or nothing.
 */
final class ForeignLogs {
  private ForeignLogs() {}

  /** What stands behind the first entry, by the entry. */
  static Arbitrary<List<List<RecordedAction>>> all() {
    return recorded().list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(12);
  }

  private static Arbitrary<RecordedAction> recorded() {
    Arbitrary<Action> actions =
        Arbitraries.frequencyOf(
            Tuple.of(4, delivered()),
            Tuple.of(4, sent()),
            Tuple.of(2, modified()),
            Tuple.of(4, others()));
    return Combinators.combine(
            Arbitraries.oneOf(Arbitraries.longs().between(0, 2_000_000_000L), Arbitraries.longs()),
            keys().optional(0.4),
            hashes().optional(0.5),
            actions,
            payloads().optional(0.8))
        .as(
            (millis, key, request, action, payload) ->
                new RecordedAction(
                    millis,
                    key,
                    request,
                    action,
                    action instanceof Action.ContactSet ? Optional.empty() : payload));
  }

  private static Arbitrary<Action> delivered() {
    var arrivals =
        Combinators.combine(
                Arbitraries.of(Channel.class),
                Arbitraries.of(Standing.class),
                addresses(),
                Arbitraries.longs())
            .as(Action.Arrival::new);
    var mails = Combinators.combine(hashes().optional(), numbers()).as(Action.Mail::new);
    var known = Combinators.combine(Arbitraries.integers(), users()).as(Action.Known::new);
    var origins = Combinators.combine(users(), positions()).as(Origin::new);
    var consents =
        Combinators.combine(Arbitraries.of(Consent.class), addresses())
            .as(Action.ConsentAsked::new);
    return Combinators.combine(
            arrivals,
            placings(),
            mails,
            origins.optional(0.3),
            known.list().ofMaxSize(2),
            consents.optional(0.3))
        .as(Action.Delivered::new);
  }

  private static Arbitrary<Action> sent() {
    var addressees =
        Arbitraries.oneOf(
            Combinators.combine(users(), Arbitraries.integers())
                .as((user, generation) -> new Action.Addressee(Optional.of(user), generation)),
            Arbitraries.just(Action.Addressee.OUTSIDE));
    return Combinators.combine(
            Arbitraries.of(Channel.class),
            Arbitraries.longs(),
            placings(),
            addressees.list().ofMaxSize(2))
        .as(Action.Sent::new);
  }

  private static Arbitrary<Action> modified() {
    var deletions =
        Combinators.combine(Arbitraries.of(true, false), positions().optional())
            .as(Action.Deletion::new);
    var subjects =
        Combinators.combine(Arbitraries.of(true, false), positions()).as(Action.Subject::new);
    var flags = Arbitraries.of("work", "home", "").list().ofMaxSize(2);
    return Combinators.combine(
            Combinators.combine(
                    subjects,
                    flags,
                    flags,
                    Arbitraries.of(Folder.class).optional(),
                    deletions.optional())
                .as(Action.MarkEdit::new)
                .list()
                .ofMaxSize(2),
            positions().optional())
        .as(Action.Modified::new);
  }

  private static Arbitrary<Action> others() {
    var aliases = Combinators.combine(hashes(), positions().optional()).as(Action.Alias::new);
    var names = Arbitraries.of("", "a", "b");
    var settlements =
        Combinators.combine(
                positions(),
                Arbitraries.oneOf(Arbitraries.integers().between(0, 3), Arbitraries.integers()),
                Arbitraries.of(State.DELIVERED, State.FAILED))
            .as(Action.Settlement::new);
    return Arbitraries.oneOf(
        settlements.list().ofMaxSize(2).map(Action.Settled::new),
        Combinators.combine(positions(), positions()).as(Action.Read::new),
        Combinators.combine(
                positions().optional(),
                names,
                addresses().list().ofMaxSize(2),
                aliases.list().ofMaxSize(2))
            .as(Action.ContactSet::new),
        addresses().list().ofMaxSize(3).map(Action.AddressesSet::new),
        Combinators.combine(Arbitraries.integers().between(0, 3), names).as(Action.Sealed::new),
        Combinators.combine(names, names, names, Arbitraries.of(SmsStatus.State.class))
            .as(SmsStatus::new)
            .map(Action.SmsStatusNoted::new));
  }

  private static Arbitrary<Action.Placing> placings() {
    var folders = Arbitraries.of(Folder.class).optional();
    var begins =
        Combinators.combine(hashes(), folders)
            .as(
                (people, folder) ->
                    new Action.Placing(Optional.empty(), ThreadReason.NEW, people, folder));
    var any =
        Combinators.combine(
                positions().optional(), Arbitraries.of(ThreadReason.class), hashes(), folders)
            .as(Action.Placing::new);
    return Arbitraries.oneOf(begins, begins, any);
  }

  /** Mostly where something may stand. */
  private static Arbitrary<Position> positions() {
    var near =
        Combinators.combine(Arbitraries.longs().between(1, 6), Arbitraries.integers().between(0, 1))
            .as(Position::of);
    return Arbitraries.oneOf(
        near, near, near, Arbitraries.longs().greaterOrEqual(1).map(Position::new));
  }

  private static Arbitrary<MessagePayload> payloads() {
    var headings =
        Combinators.combine(addresses(), addresses().list().ofMaxSize(2))
            .as((from, to) -> new MessagePayload.Heading(from, "name", to, ""));
    var extras =
        Combinators.combine(
                Arbitraries.of(new ClientId("phone", "1")).optional(), Arbitraries.integers())
            .as(MessagePayload.Extras::new);
    return Combinators.combine(headings, Arbitraries.of("", "text"), extras)
        .as(
            (heading, text, more) ->
                new MessagePayload(heading, text, text, List.of(), Bytes.ofUtf8(text), more));
  }

  private static Arbitrary<Address> addresses() {
    return Arbitraries.of(
            "email:bob@example.com", "email:ann@example.org", "chat:carol", "sms:+12025550102")
        .map(Address::parse);
  }

  private static Arbitrary<UserId> users() {
    return Arbitraries.of(Mails.BOB, Sends.CAROL, Sends.DAVE);
  }

  private static Arbitrary<Bytes> keys() {
    return Arbitraries.of("k1", "s1", "k2").map(Bytes::ofUtf8);
  }

  private static Arbitrary<Bytes> hashes() {
    return Arbitraries.of("h1", "h2", "h3").map(Bytes::ofUtf8);
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(0, 100);
  }
}
