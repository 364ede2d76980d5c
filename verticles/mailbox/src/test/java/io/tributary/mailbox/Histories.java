package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsFacts;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.NoteSmsStatus;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.Scope;
import io.tributary.mailbox.Command.SetAddresses;
import io.tributary.mailbox.Command.SetContact;
import io.tributary.mailbox.Command.Target;
import io.tributary.mailbox.Command.Undo;
import io.tributary.mailbox.ScriptedPost.Letter;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What may happen to a mailbox, in any order; what it means is decided by the mailbox itself. */
final class Histories {
  static final int KEYS = 12;
  static final int IDS = 8;
  static final int SENDS = 8;

  private static final List<Address> OUTSIDE =
      addresses("email:ann@example.org", "email:cy@example.org", "sms:+12025550199");
  private static final List<Address> MORE_OF_BOBS =
      addresses("email:robert@example.com", "sms:+12025550102", "chat:bob");
  private static final List<Target> TARGETS =
      List.of(Sends.TO_CAROL, Sends.TO_DAVE, Sends.TO_ANN, Sends.local("chat:bob", Mails.BOB));

  private Histories() {}

  private enum Kind {
    MAIL,
    COPY,
    SMS,
    SEND,
    CARRIED,
    READ,
    MODIFY,
    UNDO,
    CONTACT,
    ADDRESSES,
    STATUS,
    COMMIT,
    DAYS
  }

  /**
   * One thing that happens.
   *
   * @param which of what there is
   * @param how one of the ways in which it can be
   */
  record Step(Kind kind, int which, int how, Mails mail) {}

  static Arbitrary<List<Step>> all() {
    var kinds =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(Kind.MAIL)),
            Tuple.of(6, Arbitraries.of(Kind.SEND, Kind.CARRIED)),
            Tuple.of(6, Arbitraries.of(Kind.READ, Kind.MODIFY, Kind.UNDO, Kind.CONTACT)),
            Tuple.of(4, Arbitraries.of(Kind.COPY, Kind.SMS, Kind.STATUS, Kind.ADDRESSES)),
            Tuple.of(8, Arbitraries.of(Kind.COMMIT)),
            Tuple.of(1, Arbitraries.of(Kind.DAYS)));
    var numbers = Arbitraries.integers().between(0, 1_000);
    return Combinators.combine(kinds, numbers, numbers, mails()).as(Step::new).list().ofMaxSize(50);
  }

  private static Arbitrary<Mails> mails() {
    var authors =
        Arbitraries.of("ann@example.org", "cy@example.org", "eve@example.com", "bob@example.com");
    var keys = Arbitraries.integers().between(0, KEYS);
    var standings = Arbitraries.of(Standing.class);
    var others = Arbitraries.of("ann@example.org", "cy@example.org").set().ofMaxSize(2);
    var ids = Arbitraries.integers().between(0, IDS - 1);
    return Combinators.combine(authors, keys, standings, others, ids, ids)
        .as(
            (author, key, standing, to, id, parent) -> {
              Mails mail = Mails.mail("k" + key).from("email:" + author, standing);
              mail = mail.to(to.stream().map(each -> "email:" + each).toArray(String[]::new));
              mail = mail.id("<" + id + ">", parent < 4 ? "<none>" : "<" + parent + ">");
              mail = id == 0 ? mail.resolvedBy(Mails.BOBS_OTHER) : mail;
              mail = id == 1 ? mail.resolvedBy(Address.parse("chat:nobody")) : mail;
              return key == KEYS ? mail.keyless() : mail;
            });
  }

  /** Has it all happen, and what is under way be committed. */
  static Bench write(List<Step> history) {
    Bench bench = new Bench();
    history.forEach(step -> new Histories.Writing(bench, step).happen());
    commit(bench);
    return bench;
  }

  private static void commit(Bench bench) {
    while (!bench.log.offers.isEmpty()) {
      bench.log.takeOffer().carryOut();
    }
  }

  static MailboxState folded(List<StoredEntry> log) {
    MailboxState state = new MailboxState(Bench.LOG);
    fold(state, log);
    return state;
  }

  static void fold(MailboxState state, List<StoredEntry> log) {
    for (StoredEntry stored : log) {
      byte[] bytes = stored.bytes().unsafeArray();
      state.fold(stored.number(), EntryCodec.decode(bytes), bytes.length);
    }
  }

  private static List<Address> addresses(String... written) {
    return List.of(written).stream().map(Address::parse).toList();
  }

  /** One step on one mailbox. */
  private record Writing(Bench bench, Step step) {
    private static final Request ANY =
        new Request(Optional.empty(), Sends.request("", "").content());

    void happen() {
      switch (step.kind) {
        case MAIL -> bench.deliver(step.mail);
        case COPY -> bench.deliver(copy());
        case SMS -> bench.deliver(sms());
        case CARRIED -> carried();
        case COMMIT -> commit(bench);
        case DAYS -> daysPass();
        default -> bench.execute(command(folded(bench.stored())));
      }
    }

    private Command command(MailboxState now) {
      return switch (step.kind) {
        case SEND -> send(now);
        case READ -> new MarkRead(ANY, thread(now), message(now, step.how).position());
        case MODIFY -> new Modify(ANY, scope(now), edit());
        case UNDO -> new Undo(ANY, Position.of(1 + step.which % (now.entry() + 1), step.how % 2));
        case CONTACT -> contact(now);
        case ADDRESSES -> new SetAddresses(ANY, own());
        default ->
            new NoteSmsStatus(
                ANY,
                new SmsStatus(
                    "twilio", "AC", "SM" + step.which % 3, oneOf(SmsStatus.State.values())));
      };
    }

    private Delivery copy() {
      Delivery mail = step.mail.keyless().from("chat:carol", Standing.VERIFIED).delivery();
      Origin origin = new Origin(Sends.CAROL, Position.of(1 + step.which % 6, 0));
      return new Delivery(
          mail.recipient(),
          Optional.empty(),
          Optional.of(origin),
          mail.envelope(),
          mail.content(),
          step.mail.keyless().known("chat:carol", Sends.CAROL).delivery().known());
    }

    private Delivery sms() {
      Delivery mail = step.mail.from("sms:+12025550199", Standing.VERIFIED).delivery();
      Envelope envelope =
          new Envelope(Channel.SMS, mail.envelope().from(), mail.envelope().to(), "", step.which);
      SmsFacts facts = new SmsFacts(1, Optional.of(oneOf(Consent.values())));
      Content content =
          new Content(
              "",
              "STOP",
              List.of(),
              io.tributary.codecs.message.Bytes.EMPTY,
              mail.content().references(),
              Optional.of(facts));
      return new Delivery(mail.recipient(), mail.key(), envelope, content);
    }

    private Command send(MailboxState now) {
      List<Target> targets = new ArrayList<>();
      for (int target = 0; target < TARGETS.size(); target++) {
        if ((step.how >> target & 1) == 1) {
          targets.add(TARGETS.get(target));
        }
      }
      Optional<MessageId> thread = step.how % 3 == 0 ? Optional.of(thread(now)) : Optional.empty();
      String text = step.how % 5 == 0 ? "other" : "text";
      return Sends.send("s" + step.which % SENDS, text, thread, targets.toArray(Target[]::new));
    }

    private void carried() {
      if (bench.post.letters.isEmpty()) {
        return;
      }
      Letter letter = bench.post.letters.remove(step.which % bench.post.letters.size());
      switch (step.how % 4) {
        case 0 -> letter.failed();
        case 1 -> letter.retry();
        default -> letter.arrived();
      }
      bench.pass(Duration.ofMillis(step.how % 100));
    }

    /** What is owed arrives before, else it would be tried again thousands of times. */
    private void daysPass() {
      commit(bench);
      while (!bench.post.letters.isEmpty()) {
        bench.post.letters.remove(0).arrived();
        bench.pass(Duration.ofMillis(100));
        commit(bench);
      }
      bench.pass(Duration.ofDays(1 + step.how % 8));
    }

    private Scope scope(MailboxState now) {
      List<MessageId> messages = step.how % 3 == 0 ? List.of(message(now, step.which)) : List.of();
      boolean named = messages.isEmpty() || step.how % 2 == 0;
      return new Scope(named ? Optional.of(thread(now)) : Optional.empty(), messages);
    }

    private Edit edit() {
      List<String> flags = List.of("work", "home");
      return new Edit(
          step.how % 4 == 0 ? flags : List.of(),
          step.how % 4 == 1 ? flags : List.of(),
          step.how % 5 == 0 ? Optional.of(oneOf(Folder.values())) : Optional.empty(),
          step.how % 4 == 2 ? Optional.of(step.which % 2 == 0) : Optional.empty());
    }

    private Command contact(MailboxState now) {
      List<Position> known = now.contacts().behind(Position.START).keySet().stream().toList();
      Optional<MessageId> id =
          known.isEmpty() || step.how % 2 == 0
              ? Optional.empty()
              : Optional.of(now.id(known.get(step.which % known.size())));
      return new SetContact(ANY, id, "name" + step.how % 3, some(OUTSIDE, step.how / 2));
    }

    private List<Address> own() {
      List<Address> own = new ArrayList<>(some(MORE_OF_BOBS, step.how));
      own.add(Mails.BOBS);
      return own;
    }

    private static List<Address> some(List<Address> all, int mask) {
      List<Address> some = new ArrayList<>();
      for (int each = 0; each < all.size(); each++) {
        if ((mask >> each & 1) == 1) {
          some.add(all.get(each));
        }
      }
      return some;
    }

    private MessageId thread(MailboxState now) {
      int count = now.threads().count();
      return count == 0
          ? now.id(Position.of(9, 0))
          : now.id(now.threads().get(step.which % count).first());
    }

    private static MessageId message(MailboxState now, int which) {
      int count = now.messages().count();
      return count == 0
          ? now.id(Position.of(9, 0))
          : now.id(now.messages().position(which % count));
    }

    private <T> T oneOf(T[] values) {
      return values[step.how % values.length];
    }
  }
}
