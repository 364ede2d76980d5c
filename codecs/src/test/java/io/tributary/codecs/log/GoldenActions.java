package io.tributary.codecs.log;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Addressee;
import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.log.Action.Arrival;
import io.tributary.codecs.log.Action.ConsentAsked;
import io.tributary.codecs.log.Action.Deletion;
import io.tributary.codecs.log.Action.Known;
import io.tributary.codecs.log.Action.Mail;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.log.Action.Placing;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.log.Action.Subject;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the golden bytes of actions mean, by the names that stand before them in their file. */
final class GoldenActions {
  private static final long MILLIS = 1_700_000_000_000L;
  private static final UserId CAROL = new UserId(0xCA401);
  private static final UserId DAVE = new UserId(0x7FFF_FFFF_FFFF_FFFFL);
  private static final Address BOBS = Address.parse("email:bob@example.com");
  private static final Address ANNS = Address.parse("email:änn@exämple.org");
  private static final Address PHONE = Address.parse("sms:+12025550102");
  private static final Bytes HASH = Bytes.ofUtf8("sixteen byte hash");
  private static final Position FIRST = Position.of(2, 0);
  private static final Position SECOND = Position.of(3, 255);
  private static final Placing BEGINS = new Placing(Optional.empty(), ThreadReason.NEW, HASH);

  private final Map<String, RecordedAction> all = new LinkedHashMap<>();

  private GoldenActions() {
    opened();
    delivered();
    sent();
    settled();
    marks();
    contacts();
    for (SmsStatus.State state : SmsStatus.State.values()) {
      SmsStatus status = new SmsStatus("twilio", "main", "SM0123", state);
      add("sms-status-" + state.number(), new Action.SmsStatusNoted(status));
    }
  }

  static Map<String, RecordedAction> all() {
    return new GoldenActions().all;
  }

  private void opened() {
    add("opened", new Action.Opened(3, "c1", "bob", List.of(BOBS, Address.parse("chat:bob"))));
    add("sealed", new Action.Sealed(4, "c2"));
  }

  private void delivered() {
    Arrival mail = new Arrival(Channel.EMAIL, Standing.OUTSIDE, BOBS, MILLIS - 1);
    add(
        "delivered-mail",
        Optional.of(Bytes.ofUtf8("key")),
        Optional.empty(),
        new Action.Delivered(mail, BEGINS, new Mail(Optional.of(HASH), 4)),
        Optional.of(mailPayload()));
    add("delivered-mail-destroyed", new Action.Delivered(mail, BEGINS, Mail.NONE));
    Placing reply = new Placing(Optional.of(FIRST), ThreadReason.REPLY, HASH, folder(Folder.OTHER));
    Arrival forged = new Arrival(Channel.EMAIL, Standing.CLAIMS_LOCAL, BOBS, MILLIS);
    add("delivered-forged", new Action.Delivered(forged, reply, Mail.NONE));
    Placing among = new Placing(Optional.of(FIRST), ThreadReason.PEOPLE, HASH);
    add(
        "delivered-copy",
        Optional.empty(),
        Optional.empty(),
        new Action.Delivered(
            new Arrival(Channel.CHAT, Standing.VERIFIED, Address.parse("chat:bob"), MILLIS),
            among,
            Mail.NONE,
            Optional.of(new Origin(CAROL, SECOND)),
            List.of(new Known(0, CAROL), new Known(2, DAVE)),
            Optional.empty()),
        Optional.of(text("hello", MessagePayload.Extras.NONE)));
    for (Consent consent : Consent.values()) {
      add(
          "delivered-sms-consent-" + consent.number(),
          Optional.of(Bytes.ofUtf8("sms key")),
          Optional.empty(),
          new Action.Delivered(
              new Arrival(Channel.SMS, Standing.VERIFIED, PHONE, MILLIS),
              among,
              Mail.NONE,
              Optional.empty(),
              List.of(),
              Optional.of(new ConsentAsked(consent, Address.parse("sms:+12025550101")))),
          Optional.of(text("STOP", new MessagePayload.Extras(Optional.empty(), 2))));
    }
  }

  private void sent() {
    List<Addressee> recipients = List.of(new Addressee(Optional.of(CAROL), 7), Addressee.OUTSIDE);
    Placing named =
        new Placing(Optional.of(FIRST), ThreadReason.NAMED, HASH, folder(Folder.MESSAGES));
    ClientId client = new ClientId("phone", "id-1");
    add(
        "sent",
        Optional.of(Bytes.ofUtf8("request")),
        Optional.of(Bytes.ofUtf8("content hash")),
        new Action.Sent(Channel.CHAT, MILLIS, named, recipients),
        Optional.of(text("hi", new MessagePayload.Extras(Optional.of(client), 0))));
    add("sent-destroyed", new Action.Sent(Channel.EMAIL, -1, BEGINS, List.of()));
  }

  private void settled() {
    add(
        "settled",
        new Action.Settled(
            List.of(
                new Settlement(FIRST, 0, State.DELIVERED),
                new Settlement(SECOND, 999, State.FAILED))));
  }

  private void marks() {
    add("read", new Action.Read(FIRST, SECOND));
    MarkEdit thread =
        new MarkEdit(
            new Subject(true, FIRST),
            List.of("work", "später"),
            List.of("home"),
            folder(Folder.ARCHIVE),
            Optional.of(new Deletion(true, Optional.empty())));
    add("modified", new Action.Modified(List.of(thread), Optional.empty()));
    Deletion restored = new Deletion(false, Optional.of(SECOND));
    MarkEdit message =
        new MarkEdit(
            new Subject(false, SECOND),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(restored));
    MarkEdit junk =
        new MarkEdit(
            new Subject(true, FIRST), List.of(), List.of(), folder(Folder.JUNK), Optional.empty());
    add("modified-undo", new Action.Modified(List.of(message, junk), Optional.of(SECOND)));
  }

  private void contacts() {
    List<Alias> aliases =
        List.of(new Alias(HASH, Optional.of(FIRST)), new Alias(HASH, Optional.empty()));
    add("contact-new", new Action.ContactSet(Optional.empty(), "Änn", List.of(ANNS), aliases));
    add("contact-removed", new Action.ContactSet(Optional.of(SECOND), "", List.of(), List.of()));
    add("addresses", new Action.AddressesSet(List.of(BOBS, PHONE)));
  }

  private static MessagePayload mailPayload() {
    return new MessagePayload(
        new MessagePayload.Heading(ANNS, "Änn", List.of(BOBS, PHONE), "ann@example.org"),
        "Grüße",
        "text\n\uD83D\uDE00",
        List.of(
            new Part("a.png", "image/png", 9),
            new Part("", "image/gif", 0, "https://media.example.com/1")),
        Bytes.ofUtf8("raw!"));
  }

  private static MessagePayload text(String text, MessagePayload.Extras extras) {
    List<Address> to = Arrays.asList(Address.parse("chat:carol"), ANNS);
    MessagePayload.Heading heading = new MessagePayload.Heading(BOBS, "Bob", to, "");
    return new MessagePayload(heading, "", text, List.of(), Bytes.EMPTY, extras);
  }

  private static Optional<Folder> folder(Folder folder) {
    return Optional.of(folder);
  }

  private void add(String name, Action action) {
    add(name, Optional.empty(), Optional.empty(), action, Optional.empty());
  }

  private void add(
      String name,
      Optional<Bytes> key,
      Optional<Bytes> request,
      Action action,
      Optional<MessagePayload> payload) {
    all.put(name, new RecordedAction(MILLIS, key, request, action, payload));
  }
}
