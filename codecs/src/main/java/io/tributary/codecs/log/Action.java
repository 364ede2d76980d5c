package io.tributary.codecs.log;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import java.util.List;
import java.util.Optional;

/** One recorded decision about one mailbox. Replaying it needs nothing but the state before it. */
public sealed interface Action {

  /** The first action of every log. */
  record Opened(int generation, String cell, String name, List<Address> addresses)
      implements Action {
    public Opened {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * The last action of a log, alone in its entry: the mailbox goes on in another one.
   *
   * @param generation of that one, more than this one's
   * @param cell where that one is
   */
  record Sealed(int generation, String cell) implements Action {}

  /** A message came to stand in a thread. */
  sealed interface OfMessage extends Action {
    Channel channel();

    /** When it was received or sent, Unix milliseconds. */
    long millis();

    Placing placing();

    /** Position of the thread's first message; empty begins a thread here. */
    default Optional<Position> thread() {
      return placing().thread();
    }

    default ThreadReason reason() {
      return placing().reason();
    }
  }

  /**
   * A message arrived.
   *
   * @param origin of a copy of a message sent here
   * @param known which of its addresses are which user's here
   * @param consent what it asks of the number it was sent to
   */
  record Delivered(
      Arrival arrival,
      Placing placing,
      Mail mail,
      Optional<Origin> origin,
      List<Known> known,
      Optional<ConsentAsked> consent)
      implements OfMessage {
    public Delivered {
      known = List.copyOf(known);
    }

    /** Of a message from outside that asks nothing and names nobody here. */
    public Delivered(Arrival arrival, Placing placing, Mail mail) {
      this(arrival, placing, mail, Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public Channel channel() {
      return arrival.channel();
    }

    @Override
    public long millis() {
      return arrival.receivedMillis();
    }

    public boolean verified() {
      return arrival.standing() == Standing.VERIFIED;
    }
  }

  /**
   * The user sent a message.
   *
   * @param recipients one for each address of the payload's {@code to}, in that order
   */
  record Sent(Channel channel, long millis, Placing placing, List<Addressee> recipients)
      implements OfMessage {
    public Sent {
      recipients = List.copyOf(recipients);
    }
  }

  /** Recipients of sent messages are done with. */
  record Settled(List<Settlement> settlements) implements Action {
    public Settled {
      settlements = List.copyOf(settlements);
    }
  }

  /** A thread was read up to some position. */
  record Read(Position thread, Position upTo) implements Action {}

  /**
   * Marks of threads and messages changed.
   *
   * @param undoes the change that this takes back
   */
  record Modified(List<MarkEdit> edits, Optional<Position> undoes) implements Action {
    public Modified {
      edits = List.copyOf(edits);
    }
  }

  /**
   * A contact was added, changed or removed.
   *
   * @param contact position of the action that added it; empty: this one
   * @param name personal content: empty once it is destroyed
   * @param addresses personal content; none: the contact is removed
   * @param aliases which threads sets of people have from now on
   */
  record ContactSet(
      Optional<Position> contact, String name, List<Address> addresses, List<Alias> aliases)
      implements Action {
    public ContactSet {
      addresses = List.copyOf(addresses);
      aliases = List.copyOf(aliases);
    }
  }

  /** The user's own addresses from now on. */
  record AddressesSet(List<Address> addresses) implements Action {
    public AddressesSet {
      addresses = List.copyOf(addresses);
    }
  }

  /** What a provider says of an SMS that went out. */
  record SmsStatusNoted(SmsStatus status) implements Action {}

  /**
   * How a message came in.
   *
   * @param standing what was known about its author's claim
   */
  record Arrival(Channel channel, Standing standing, Address resolvedBy, long receivedMillis) {}

  /**
   * In which thread a message stands.
   *
   * @param thread position of the thread's first message; empty begins a thread here
   * @param people hash of the canonical set of people
   * @param folder that the thread moves to or begins in; empty: it stays, or begins in Messages
   */
  record Placing(
      Optional<Position> thread, ThreadReason reason, Bytes people, Optional<Folder> folder) {
    public Placing(Optional<Position> thread, ThreadReason reason, Bytes people) {
      this(thread, reason, people, Optional.empty());
    }
  }

  /**
   * What only a mail has.
   *
   * @param messageId hash of the mail's Message-ID
   * @param rawBytes size of the raw form, 0 if there is none
   */
  record Mail(Optional<Bytes> messageId, long rawBytes) {
    public static final Mail NONE = new Mail(Optional.empty(), 0);
  }

  /**
   * An address of a message that is a user's here.
   *
   * @param index 0 the author, n the n-th of the payload's {@code to}
   */
  record Known(int index, UserId user) {}

  /** What the author of an SMS asks of the number it was sent to. */
  record ConsentAsked(Consent asked, Address peer) {}

  /**
   * A recipient of a sent message.
   *
   * @param user whose mailbox it is; empty: it has to leave by mail or SMS
   * @param generation of that user's log when it was sent; 0 without a user
   */
  record Addressee(Optional<UserId> user, int generation) {
    public static final Addressee OUTSIDE = new Addressee(Optional.empty(), 0);
  }

  /**
   * One recipient is done with.
   *
   * @param message position of the sent message
   * @param recipient index in its recipients
   * @param state DELIVERED or FAILED
   */
  record Settlement(Position message, int recipient, State state) {}

  /**
   * A change of marks.
   *
   * @param folder that the thread moves to
   * @param deletion of the message, or of all messages that the thread has then
   */
  record MarkEdit(
      Subject subject,
      List<String> addFlags,
      List<String> removeFlags,
      Optional<Folder> folder,
      Optional<Deletion> deletion) {
    public MarkEdit {
      addFlags = List.copyOf(addFlags);
      removeFlags = List.copyOf(removeFlags);
    }
  }

  /**
   * What is marked.
   *
   * @param position of the message, or of the thread's first
   */
  record Subject(boolean isThread, Position position) {}

  /**
   * A deletion mark is set or taken away.
   *
   * @param onlyChangedAt only where the action at that position changed the mark last
   */
  record Deletion(boolean deleted, Optional<Position> onlyChangedAt) {}

  /**
   * Which thread a set of people has.
   *
   * @param thread empty: none
   */
  record Alias(Bytes people, Optional<Position> thread) {}

  /** Why a message stands in its thread. The number is what the log records. */
  enum ThreadReason {
    NEW(1),
    REPLY(2),
    PEOPLE(3),
    NAMED(4);

    private final int number;

    ThreadReason(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    public static ThreadReason ofNumber(int number) {
      for (ThreadReason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      throw new IllegalArgumentException("no thread reason has number " + number);
    }
  }
}
