package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.RecipientState;
import io.tributary.codecs.message.References;
import io.tributary.codecs.message.SmsFacts;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.mailbox.ThreadView;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that nodes ask and answer comes over the wire as it was. */
class CellWireTest {
  private static final UserId ALICE = new UserId(0x7fff_ffff_ffff_fff0L);
  private static final UserId BOB = new UserId(2);
  private static final MailboxRef MAILBOX = new MailboxRef(ALICE, 3);
  private static final Address MAIL = Address.parse("email:alice@example.com");
  private static final Address PHONE = Address.parse("sms:+12025550101");
  private static final Address CHAT = Address.parse("chat:bob");
  private static final MessageId ID = new MessageId(ALICE, Position.of(1L << 40, 255));
  private static final MessageId OTHER = new MessageId(BOB, Position.of(1, 0));
  private static final Bytes BYTES = Bytes.copyOf(new byte[] {0, -1, 'a', 127, -128});
  private static final PageRequest FIRST = PageRequest.first(200);
  private static final PageRequest NEXT = new PageRequest(1, Optional.of(""));
  private static final SmsStatus STATUS =
      new SmsStatus("twilio", "main", "SM1", SmsStatus.State.READ);
  private static final MessageView MESSAGE =
      new MessageView(
          ID,
          OTHER,
          ID.position(),
          Channel.SMS,
          PHONE,
          List.of(MAIL, CHAT),
          "a\u0000 subject 😀",
          "text\r\nof two lines",
          -1,
          true,
          List.of(new Part("", "text/plain", 0), new Part("p", "image/png", 7, "https://x/y")),
          new MessageView.Marks(
              List.of("starred"),
              true,
              Arrays.stream(RecipientState.State.values())
                  .map(state -> new RecipientState(CHAT, state))
                  .toList()));

  static Stream<MailboxRequest<?>> questions() {
    return Stream.of(
            Stream.of(
                new MailboxRequest.Deliver(mail()),
                new MailboxRequest.Deliver(copy()),
                new MailboxRequest.Deliver(sms()),
                new MailboxRequest.Wake(MAILBOX),
                new MailboxRequest.ListThreads(
                    MAILBOX, ThreadFilter.ALL, FIRST, Freshness.COMMITTED),
                new MailboxRequest.ListThreads(
                    MAILBOX,
                    new ThreadFilter(Optional.of(Folder.JUNK), Optional.of(""), true),
                    NEXT,
                    Freshness.LATEST),
                new MailboxRequest.ListMessages(
                    MAILBOX, Optional.of(ID), new MessageOrder(true, true), NEXT, Freshness.LATEST),
                new MailboxRequest.ListMessages(
                    MAILBOX,
                    Optional.empty(),
                    MessageOrder.OLDEST_FIRST,
                    FIRST,
                    Freshness.COMMITTED),
                new MailboxRequest.GetMessage(MAILBOX, ID),
                new MailboxRequest.Raw(MAILBOX, ID),
                new MailboxRequest.Events(MAILBOX, Position.of(1L << 48, 0), 100),
                new MailboxRequest.Stats(MAILBOX),
                new MailboxRequest.Contacts(MAILBOX, NEXT),
                new MailboxRequest.PeopleOfThread(MAILBOX, ID),
                new MailboxRequest.ThreadOf(MAILBOX, Set.of(ALICE, BOB)),
                new MailboxRequest.RecentPeers(MAILBOX, 50)),
            commands().map(command -> new MailboxRequest.Execute(MAILBOX, command)))
        .flatMap(stream -> stream);
  }

  private static Stream<Command> commands() {
    Command.Request once = new Command.Request(Optional.of(BYTES), BYTES);
    Command.Request always = new Command.Request(Optional.empty(), Bytes.EMPTY);
    Command.Target local =
        new Command.Target(CHAT, Optional.of(new Recipient(BOB, 9, Address.parse("chat:bob"))));
    Command.Target outside = new Command.Target(PHONE, Optional.empty());
    ClientId client = new ClientId("device", "id");
    return Stream.of(
        new Command.Send(once, client, Optional.of(ID), List.of(local, outside), "subject", "text"),
        new Command.Send(once, client, Optional.empty(), List.of(), "", "t"),
        new Command.MarkRead(always, ID, Position.of(7, 7)),
        new Command.Modify(
            once,
            new Command.Scope(Optional.of(ID), List.of(ID, OTHER)),
            new Command.Edit(
                List.of("a"), List.of("b"), Optional.of(Folder.ARCHIVE), Optional.of(false))),
        new Command.Modify(
            always,
            new Command.Scope(Optional.empty(), List.of()),
            new Command.Edit(List.of(), List.of(), Optional.empty(), Optional.empty())),
        new Command.Undo(once, Position.of(3, 1)),
        new Command.SetContact(once, Optional.of(ID), "Bob", List.of(MAIL, PHONE)),
        new Command.SetContact(once, Optional.empty(), "", List.of()),
        new Command.SetAddresses(always, List.of(MAIL)),
        new Command.NoteSmsStatus(once, STATUS));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aQuestionShouldComeAsItWasAsked(MailboxRequest<?> request)
      throws InvalidProtocolBufferException {
    AskRequest sent = Questions.write(request).build();

    AskRequest received = AskRequest.parseFrom(sent.toByteArray());

    assertThat(Questions.read(received)).isEqualTo(request);
    assertThat(received.getUser()).isIn(ALICE.value(), BOB.value());
  }

  @Test
  void noKindOfQuestionOrCommandShouldBeLeftOut() {
    Set<Class<?>> asked = questions().map(Object::getClass).collect(Collectors.toSet());
    Set<Class<?>> commanded = commands().map(Object::getClass).collect(Collectors.toSet());

    assertThat(asked).containsExactlyInAnyOrder(MailboxRequest.class.getPermittedSubclasses());
    assertThat(commanded).containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
  }

  /** Each question with what may answer it. */
  static Stream<Map.Entry<MailboxRequest<?>, Object>> answers() {
    return Stream.of(deliveryAnswers(), commandAnswers(), findings(), refusals())
        .flatMap(stream -> stream);
  }

  private static Stream<Map.Entry<MailboxRequest<?>, Object>> deliveryAnswers() {
    return Stream.of(
            new DeliverOutcome.Stored(ID, OTHER),
            new DeliverOutcome.Duplicate(ID, OTHER),
            new DeliverOutcome.NotMine(),
            new DeliverOutcome.NotHere(),
            new DeliverOutcome.Retry("why"))
        .map(outcome -> Map.entry(new MailboxRequest.Deliver(mail()), outcome));
  }

  private static Stream<Map.Entry<MailboxRequest<?>, Object>> commandAnswers() {
    Command command = commands().findFirst().orElseThrow();
    return Stream.of(
            new CommandOutcome.Done(Position.of(5, 5), true),
            new CommandOutcome.Done(Position.of(5, 5), false),
            new CommandOutcome.IdReused(),
            new CommandOutcome.NoSuch("thread"),
            new CommandOutcome.Invalid("why"),
            new CommandOutcome.NotHere(),
            new CommandOutcome.Retry("why"))
        .map(outcome -> Map.entry(new MailboxRequest.Execute(MAILBOX, command), outcome));
  }

  private static Stream<Map.Entry<MailboxRequest<?>, Object>> findings() {
    ThreadView thread =
        new ThreadView(
            ID,
            List.of(PHONE),
            "s",
            "sn",
            3,
            ID.position(),
            7,
            new ThreadView.Marks(Folder.OTHER, List.of("f"), 2, Position.of(1, 1)));
    MailboxStats stats =
        new MailboxStats(
            ID.position(),
            new MailboxStats.Counts(1, 2, 3, 4),
            List.of(new MailboxStats.Consent(PHONE, PHONE, true)),
            List.of(STATUS));
    var threads =
        new MailboxRequest.ListThreads(MAILBOX, ThreadFilter.ALL, FIRST, Freshness.COMMITTED);
    var messages =
        new MailboxRequest.ListMessages(
            MAILBOX, Optional.empty(), MessageOrder.OLDEST_FIRST, FIRST, Freshness.COMMITTED);
    var contacts = new MailboxRequest.Contacts(MAILBOX, FIRST);
    return Stream.of(
        found(threads, new Page<>(List.of(thread), Optional.of("next"))),
        found(threads, new Page<>(List.of(), Optional.empty())),
        found(messages, new Page<>(List.of(MESSAGE), Optional.empty())),
        found(messages, new Page<>(List.of(), Optional.empty())),
        found(
            contacts,
            new Page<>(List.of(new ContactView(ID, "B", List.of(MAIL))), Optional.of(""))),
        found(contacts, new Page<>(List.of(), Optional.empty())),
        found(new MailboxRequest.GetMessage(MAILBOX, ID), MESSAGE),
        found(new MailboxRequest.Raw(MAILBOX, ID), BYTES),
        found(new MailboxRequest.Raw(MAILBOX, ID), Bytes.EMPTY),
        found(new MailboxRequest.Stats(MAILBOX), stats),
        found(new MailboxRequest.Events(MAILBOX, Position.START, 9), events()),
        found(
            new MailboxRequest.PeopleOfThread(MAILBOX, ID),
            new ThreadPeople(Set.of(BOB), List.of(PHONE))),
        found(new MailboxRequest.ThreadOf(MAILBOX, Set.of(BOB)), ID),
        found(new MailboxRequest.RecentPeers(MAILBOX, 9), List.of(BOB, ALICE)),
        found(new MailboxRequest.RecentPeers(MAILBOX, 9), List.of()),
        Map.entry(new MailboxRequest.Wake(MAILBOX), true));
  }

  private static EventPage events() {
    Stream<LiveEvent> messages =
        Stream.of(
            new LiveEvent.Arrived(MESSAGE), new LiveEvent.Sent(MESSAGE, new ClientId("d", "i")));
    Stream<LiveEvent> updates =
        Arrays.stream(LiveEvent.Kind.values())
            .map(
                kind ->
                    new LiveEvent.Updated(
                        Position.of(9, 1),
                        kind,
                        Optional.of(ID),
                        List.of(OTHER),
                        Optional.of(Position.START)));
    LiveEvent bare =
        new LiveEvent.Updated(
            Position.of(9, 2), LiveEvent.Kind.READ, Optional.empty(), List.of(), Optional.empty());
    return new EventPage(
        Stream.concat(Stream.concat(messages, updates), Stream.of(bare)).toList(),
        Position.of(9, 2),
        Position.of(10, 0));
  }

  private static Stream<Map.Entry<MailboxRequest<?>, Object>> refusals() {
    return Stream.of(
            new ReadOutcome.NoSuch<>(),
            new ReadOutcome.NotHere<>(),
            new ReadOutcome.BadPageToken<>(),
            new ReadOutcome.Retry<>("why"))
        .map(outcome -> Map.entry(new MailboxRequest.GetMessage(MAILBOX, ID), outcome));
  }

  private static Map.Entry<MailboxRequest<?>, Object> found(
      MailboxRequest<?> request, Object value) {
    return Map.entry(request, new ReadOutcome.Found<>(value));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerShouldComeAsItWasGiven(Map.Entry<MailboxRequest<?>, Object> exchange)
      throws InvalidProtocolBufferException {
    AskResponse sent = Answers.write(exchange.getKey(), exchange.getValue());

    AskResponse received = AskResponse.parseFrom(sent.toByteArray());

    assertThat((Object) Answers.read(exchange.getKey(), received)).isEqualTo(exchange.getValue());
  }

  @Test
  void noKindOfOutcomeShouldBeLeftOut() {
    Set<Class<?>> given =
        answers().map(Map.Entry::getValue).map(Object::getClass).collect(Collectors.toSet());

    assertThat(given)
        .contains(DeliverOutcome.class.getPermittedSubclasses())
        .contains(CommandOutcome.class.getPermittedSubclasses())
        .contains(ReadOutcome.class.getPermittedSubclasses());
  }

  @Test
  void whatANewerVersionAsksOrAnswersShouldBeRefusedAndNotGuessed() {
    AskRequest nothing = AskRequest.newBuilder().setUser(1).setGeneration(1).build();
    AskResponse empty = AskResponse.getDefaultInstance();

    assertThatThrownBy(() -> Questions.read(nothing)).isInstanceOf(IllegalArgumentException.class);
    answers()
        .map(Map.Entry::getKey)
        .filter(asked -> !(asked instanceof MailboxRequest.Wake))
        .forEach(
            asked ->
                assertThatThrownBy(() -> Answers.read(asked, empty))
                    .as("%s", asked)
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static Delivery mail() {
    return new Delivery(
        new Recipient(ALICE, 3, MAIL),
        Optional.of(BYTES),
        new Envelope(
            Channel.EMAIL,
            new Author(Address.parse("email:a@b.example"), "A Name", Author.Standing.CLAIMS_LOCAL),
            List.of(MAIL, PHONE),
            "bounce@b.example",
            1234),
        new Content(
            "s",
            "t",
            List.of(new Part("n", "t/t", 9)),
            BYTES,
            new References(Optional.of(BYTES), List.of(BYTES, Bytes.EMPTY))));
  }

  private static Delivery copy() {
    return new Delivery(
        new Recipient(BOB, 1, CHAT),
        Optional.empty(),
        Optional.of(new Origin(ALICE, Position.of(2, 0))),
        new Envelope(
            Channel.CHAT, new Author(CHAT, "", Author.Standing.VERIFIED), List.of(), "", 0),
        Content.ofText("", "hi"),
        new KnownPeople(Map.of(CHAT, BOB, MAIL, ALICE)));
  }

  private static Delivery sms() {
    return new Delivery(
        new Recipient(BOB, 1, PHONE),
        Optional.empty(),
        new Envelope(
            Channel.SMS,
            new Author(PHONE, "", Author.Standing.OUTSIDE),
            List.of(PHONE),
            "",
            Long.MAX_VALUE),
        new Content(
            "",
            "STOP",
            List.of(),
            Bytes.EMPTY,
            References.NONE,
            Optional.of(new SmsFacts(2, Optional.of(SmsFacts.Consent.STOP)))));
  }
}
