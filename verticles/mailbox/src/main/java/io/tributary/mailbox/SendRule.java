package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Addressee;
import io.tributary.codecs.log.Action.Placing;
import io.tributary.codecs.log.Action.Sent;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.MessagePayload.Extras;
import io.tributary.codecs.log.MessagePayload.Heading;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.Send;
import io.tributary.mailbox.Command.Target;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.People.Person;
import java.util.List;
import java.util.Optional;

/**
 * How a message is sent: it stands in the sender's mailbox, and everyone it is for is owed it. For
 * nobody but the sender it is a note: addressed to the user's own address, owed to nobody, in the
 * thread of the empty set of people. There is one such thread; like any other it can be named.
 */
final class SendRule implements PendingCommand.Rule {
  private static final int NAME_BYTES_MAX = 4_096;
  private static final int UTF8_BYTES_MAX = 3;

  private final Send send;

  SendRule(Send send) {
    this.send = send;
  }

  @Override
  public long bytesMax() {
    long bytes = EntryCodec.ACTION_BYTES_MAX + NAME_BYTES_MAX;
    bytes += (long) UTF8_BYTES_MAX * (send.subject().length() + send.text().length());
    for (Target target : send.targets()) {
      bytes += 2L * EntryCodec.ITEM_BYTES_MAX;
      bytes += (long) UTF8_BYTES_MAX * target.address().value().length();
    }
    long ownAddress = 2L * EntryCodec.ITEM_BYTES_MAX;
    ownAddress += (long) UTF8_BYTES_MAX * Address.VALUE_CHARACTERS_MAX;
    return send.targets().isEmpty() ? bytes + ownAddress : bytes;
  }

  @Override
  public boolean owing() {
    return !send.targets().isEmpty();
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    if (send.targets().size() > Envelope.TO_MAX) {
      return Optional.of(new Invalid("a message goes to at most " + Envelope.TO_MAX + " people"));
    }
    if (send.subject().length() > Content.SUBJECT_CHARACTERS_MAX) {
      return Optional.of(
          new Invalid("a subject has at most " + Content.SUBJECT_CHARACTERS_MAX + " characters"));
    }
    if (!fits(send.text())) {
      return Optional.of(
          new Invalid("a text has at most " + Content.TEXT_BYTES_MAX + " bytes of UTF-8"));
    }
    boolean missing = send.thread().isPresent() && named(committed).isEmpty();
    return missing ? Optional.of(new NoSuch("thread")) : Optional.empty();
  }

  private static boolean fits(String text) {
    return (long) text.length() * UTF8_BYTES_MAX <= Content.TEXT_BYTES_MAX
        || Bytes.ofUtf8(text).length() <= Content.TEXT_BYTES_MAX;
  }

  private Optional<Position> named(MailboxState committed) {
    return send.thread()
        .filter(thread -> thread.user().equals(committed.user()))
        .map(MessageId::position)
        .filter(first -> committed.threads().at(first) != null);
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    MailboxState committed = decisions.committed();
    List<Target> targets = send.targets().isEmpty() ? List.of(self(committed)) : send.targets();
    List<Address> to = targets.stream().map(Target::address).toList();
    Heading heading = new Heading(committed.ownAddress(), committed.name(), to, "");
    Extras extras = new Extras(Optional.of(send.client()), 0);
    MessagePayload payload =
        new MessagePayload(heading, send.subject(), send.text(), List.of(), Bytes.EMPTY, extras);
    Placing placing = place(decisions);
    List<Addressee> recipients = targets.stream().map(SendRule::addressee).toList();
    decisions.remember(placing);
    decisions.add(
        request,
        new Sent(Channel.CHAT, decisions.nowMillis(), placing, recipients),
        Optional.of(payload));
  }

  private static Target self(MailboxState committed) {
    Address own = committed.ownAddress();
    Recipient user = new Recipient(committed.user(), committed.log().generation(), own);
    return new Target(own, Optional.of(user));
  }

  private Placing place(Decisions decisions) {
    MailboxState committed = decisions.committed();
    List<Person> others =
        send.targets().stream().map(SendRule::person).filter(committed::isOther).toList();
    Bytes people = People.hash(false, committed.names(others));
    Optional<Position> named = named(committed);
    return named.isPresent()
        ? new Placing(named, ThreadReason.NAMED, people, decisions.folderOfSent(named))
        : decisions.placeByPeople(people);
  }

  private static Person person(Target target) {
    return new Person(target.address(), user(target));
  }

  private static Addressee addressee(Target target) {
    return target
        .local()
        .map(local -> new Addressee(user(target), local.generation()))
        .orElse(Addressee.OUTSIDE);
  }

  private static Optional<UserId> user(Target target) {
    return target.local().map(Recipient::user);
  }
}
