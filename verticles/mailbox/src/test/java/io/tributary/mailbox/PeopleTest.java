package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxReadsTest.found;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.CAROL;
import static io.tributary.mailbox.Sends.TO_ANN;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.TO_DAVE;
import static io.tributary.mailbox.Sends.request;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.SetContact;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.DeliverOutcome.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final String ANN = "email:ann@example.org";
  private static final String ANNS_PHONE = "sms:+12025550177";
  private static final String EVE = "email:eve@example.org";

  private final Bench bench = new Bench();
  private int requests;

  @BeforeEach
  void logAnswersAtOnce() {
    bench.log.appendsAreHeld = false;
  }

  @Test
  void oneUsersChannelsShouldBeOneThread() {
    MessageId chat = sent(send("1", TO_CAROL));
    Mails sms = mail("a").from("sms:+12025550133", Standing.VERIFIED);
    Mails mail = mail("b").from("email:carol@example.com", Standing.VERIFIED);

    assertThat(stored(sms.known("sms:+12025550133", CAROL))).isEqualTo(chat);
    assertThat(stored(mail.known("email:carol@example.com", CAROL))).isEqualTo(chat);
    assertThat(stored(mail("c").from("email:carol@example.com", Standing.CLAIMS_LOCAL)))
        .isNotEqualTo(chat);
    assertThat(found(bench.shard.threadOf(MAILBOX, Set.of(CAROL)))).isEqualTo(chat);
  }

  @Test
  void authorWhoOnlyClaimsToBeAUserShouldBeNobodyEvenIfTheAddressIsKnown() {
    MessageId chat = sent(send("1", TO_CAROL));
    Mails forged = mail("a").from("chat:carol", Standing.CLAIMS_LOCAL).known("chat:carol", CAROL);

    MessageId thread = stored(forged);
    assertThat(thread).isNotEqualTo(chat);
    assertThat(found(bench.shard.threadPeople(MAILBOX, thread)).users()).isEmpty();
  }

  @Test
  void groupShouldBeAThreadOfItsOwn() {
    MessageId carol = sent(send("1", TO_CAROL));
    MessageId group = sent(send("2", TO_CAROL, TO_DAVE));

    assertThat(group).isNotEqualTo(carol);
    assertThat(sent(send("3", TO_DAVE, TO_CAROL))).isEqualTo(group);
    assertThat(found(bench.shard.threadOf(MAILBOX, Set.of(CAROL, Sends.DAVE)))).isEqualTo(group);
    bench
        .shard
        .threadOf(MAILBOX, Set.of(Sends.DAVE))
        .test()
        .assertValue(new ReadOutcome.NoSuch<>());
  }

  @Test
  void answerToAMailShouldStandInItsThread() {
    MessageId mail = stored(mail("a").from(ANN));

    assertThat(sent(send("1", TO_ANN))).isEqualTo(mail);
  }

  @Test
  void namedThreadShouldHaveTheMessage() {
    MessageId mail = stored(mail("a").from(EVE));

    assertThat(sent(send("1", "text", Optional.of(mail), TO_CAROL))).isEqualTo(mail);
    MessageId other = new MessageId(CAROL, mail.position());
    MessageId none = new MessageId(Mails.BOB, Position.of(9, 0));
    bench.execute(send("2", "x", Optional.of(other))).assertValue(new NoSuch("thread"));
    bench.execute(send("3", "x", Optional.of(none))).assertValue(new NoSuch("thread"));
  }

  @Test
  void linkedAddressesShouldShareTheNewestThread() {
    MessageId mails = stored(mail("a").from(ANN));
    MessageId texts = stored(mail("b").from(ANNS_PHONE));
    assertThat(texts).isNotEqualTo(mails);
    set(Optional.empty(), "Ann", ANN, ANNS_PHONE);

    assertThat(stored(mail("c").from(ANN))).isEqualTo(texts);
    assertThat(stored(mail("d").from(ANNS_PHONE))).isEqualTo(texts);
    assertThat(sent(send("1", TO_ANN))).isEqualTo(texts);
  }

  @Test
  void groupsOfALinkedPersonShouldBeOneToo() {
    MessageId mails = stored(mail("a").from(ANN).to("email:bob@example.com", EVE));
    MessageId contact = set(Optional.empty(), "Ann", ANN, ANNS_PHONE);
    assertThat(stored(mail("b").from(EVE).to(ANNS_PHONE))).isEqualTo(mails);
    assertThat(contact.position()).isEqualTo(Position.of(3, 0));
  }

  @Test
  void unlinkedAddressesShouldHaveTheirOwnThreadsAgain() {
    MessageId mails = stored(mail("a").from(ANN));
    MessageId texts = stored(mail("b").from(ANNS_PHONE));
    MessageId ann = set(Optional.empty(), "Ann", ANN, ANNS_PHONE);
    set(Optional.of(ann), "Ann", ANN);

    assertThat(stored(mail("c").from(ANN))).isEqualTo(mails);
    assertThat(stored(mail("d").from(ANNS_PHONE))).isEqualTo(texts);
    set(Optional.of(ann), "Ann");
    assertThat(contacts()).isEmpty();
    assertThat(stored(mail("e").from(ANN))).isEqualTo(mails);
  }

  @Test
  void linkOfManyContactsShouldMoveTheirAddresses() {
    MessageId ann = set(Optional.empty(), "Ann", ANN);
    MessageId phone = set(Optional.empty(), "?", ANNS_PHONE);
    MessageId thread = stored(mail("a").from(ANNS_PHONE));
    set(Optional.of(ann), "Ann", ANN, ANNS_PHONE);

    assertThat(contacts())
        .containsExactly(
            new ContactView(ann, "Ann", List.of(Address.parse(ANN), Address.parse(ANNS_PHONE))));
    assertThat(stored(mail("b").from(ANN))).isEqualTo(thread);
    bench
        .execute(new SetContact(next(), Optional.of(phone), "?", List.of(Address.parse(EVE))))
        .assertValue(new NoSuch("contact"));
  }

  @Test
  void claimedThreadsShouldNotBeLinked() {
    MessageId claimed = stored(mail("a").from(ANN, Standing.CLAIMS_LOCAL));
    set(Optional.empty(), "Ann", ANN);

    assertThat(stored(mail("b").from(ANN))).isNotEqualTo(claimed);
  }

  @Test
  void contactThatIsTheSameShouldNeedNoEntry() {
    MessageId ann = set(Optional.empty(), "Ann", ANN);
    int entries = bench.stored().size();
    var again = new SetContact(next(), Optional.of(ann), "Ann", List.of(Address.parse(ANN)));

    bench.execute(again).assertValue(new Done(ann.position(), false));
    assertThat(bench.stored()).hasSize(entries);
  }

  @Test
  void ownAddressShouldNotBeAContact() {
    var own = new SetContact(next(), Optional.empty(), "Me", List.of(Mails.BOBS));
    assertThat(bench.execute(own).values().get(0)).isInstanceOf(Invalid.class);
  }

  @Test
  void threadPeopleShouldBeReachableWhereTheyWereLast() {
    set(Optional.empty(), "Ann", ANN, ANNS_PHONE);
    MessageId thread = stored(mail("a").from(ANN));
    stored(mail("b").from(ANNS_PHONE));

    ThreadPeople people = found(bench.shard.threadPeople(MAILBOX, thread));
    assertThat(people.users()).isEmpty();
    assertThat(people.outside()).containsExactly(Address.parse(ANNS_PHONE));
    stored(mail("c").from(ANN));
    assertThat(found(bench.shard.threadPeople(MAILBOX, thread)).outside())
        .containsExactly(Address.parse(ANN));
  }

  @Test
  void recentPeersShouldComeFromTheNewestThreads() {
    sent(send("1", TO_CAROL));
    sent(send("2", TO_DAVE));
    stored(mail("a"));
    assertThat(found(bench.shard.recentPeers(MAILBOX, 9))).containsExactly(Sends.DAVE, CAROL);
    assertThat(found(bench.shard.recentPeers(MAILBOX, 1))).containsExactly(Sends.DAVE);
  }

  @Test
  void strangersShouldBeginInOther() {
    MessageId eve = stored(mail("a").from(EVE));
    MessageId carol =
        stored(mail("b").from("chat:carol", Standing.VERIFIED).known("chat:carol", CAROL));
    set(Optional.empty(), "Ann", ANN);
    MessageId ann = stored(mail("c").from(ANN));
    MessageId first = sent(send("1", Sends.outside("email:zoe@example.org")));

    assertThat(folder(eve)).isEqualTo(Folder.OTHER);
    assertThat(folder(carol)).isEqualTo(Folder.MESSAGES);
    assertThat(folder(ann)).isEqualTo(Folder.MESSAGES);
    assertThat(folder(first)).isEqualTo(Folder.MESSAGES);
  }

  @Test
  void threadShouldLeaveOtherWhenTheUserWritesInIt() {
    MessageId eve = stored(mail("a").from(EVE));
    assertThat(sent(send("1", Sends.outside(EVE)))).isEqualTo(eve);
    assertThat(folder(eve)).isEqualTo(Folder.MESSAGES);
  }

  @Test
  void threadShouldLeaveOtherWhenItsPeopleHaveBecomeKnown() {
    MessageId eve = stored(mail("a").from(EVE));
    set(Optional.empty(), "Eve", EVE);
    assertThat(folder(eve)).isEqualTo(Folder.OTHER);
    assertThat(stored(mail("b").from(EVE))).isEqualTo(eve);
    assertThat(folder(eve)).isEqualTo(Folder.MESSAGES);
  }

  private Folder folder(MessageId thread) {
    var threads = bench.shard.listThreads(MAILBOX, PageRequest.first(50), Freshness.COMMITTED);
    return found(threads).items().stream()
        .filter(view -> view.id().equals(thread))
        .findFirst()
        .orElseThrow()
        .marks()
        .folder();
  }

  private List<ContactView> contacts() {
    return found(bench.shard.contacts(MAILBOX, PageRequest.first(10))).items();
  }

  private MessageId set(Optional<MessageId> id, String name, String... addresses) {
    List<Address> parsed = Stream.of(addresses).map(Address::parse).toList();
    var done = bench.execute(new SetContact(next(), id, name, parsed)).values().get(0);
    return id.orElse(new MessageId(Mails.BOB, ((Done) done).position()));
  }

  private Command.Request next() {
    return request("r" + requests++, "same");
  }

  private MessageId stored(Mails mail) {
    return ((Stored) bench.deliver(mail).values().get(0)).thread();
  }

  private MessageId sent(Command.Send send) {
    Position at = ((Done) bench.execute(send).values().get(0)).position();
    return found(bench.shard.getMessage(MAILBOX, new MessageId(Mails.BOB, at))).thread();
  }
}
