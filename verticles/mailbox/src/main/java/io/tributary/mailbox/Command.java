package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import java.util.List;
import java.util.Optional;

/** A change that a user, or the system in a user's name, asks of a mailbox. */
public sealed interface Command {
  Request request();

  /**
   * By what a repetition is known.
   *
   * @param key idempotency key, 1 to 64 bytes; without one a repetition is another change
   * @param content hash of what is asked for, 16 bytes: the same key with other content is refused
   */
  record Request(Optional<Bytes> key, Bytes content) {}

  /**
   * A message from the mailbox's user.
   *
   * @param client which device sends it; told to the user's sessions
   * @param thread it belongs to, whoever it goes to; empty: that of its recipients
   * @param targets at most 1,000, each person once, without the user; none: a note to oneself
   */
  record Send(
      Request request,
      ClientId client,
      Optional<MessageId> thread,
      List<Target> targets,
      String subject,
      String text)
      implements Command {
    public Send {
      targets = List.copyOf(targets);
    }
  }

  /**
   * One recipient of a message that is sent.
   *
   * @param local the mailbox here; empty: it has to leave by mail or SMS
   */
  record Target(Address address, Optional<Recipient> local) {}

  /** Read on some device. It never goes back. */
  record MarkRead(Request request, MessageId thread, Position upTo) implements Command {}

  /** Flags, folder, deletion. */
  record Modify(Request request, Scope scope, Edit edit) implements Command {}

  /**
   * What is changed.
   *
   * @param messages 0 to 100; of any threads
   */
  record Scope(Optional<MessageId> thread, List<MessageId> messages) {
    public Scope {
      messages = List.copyOf(messages);
    }
  }

  /**
   * How it is changed.
   *
   * @param folder of the thread; moving it out of {@link Folder#OTHER} makes contacts of its people
   * @param deleted of the messages, or all of the thread's
   */
  record Edit(
      List<String> addFlags,
      List<String> removeFlags,
      Optional<Folder> folder,
      Optional<Boolean> deleted) {
    public Edit {
      addFlags = List.copyOf(addFlags);
      removeFlags = List.copyOf(removeFlags);
    }
  }

  /** Takes back the {@link Modify} at that position, but for what was changed again since. */
  record Undo(Request request, Position change) implements Command {}

  /**
   * Adds, changes or removes a contact.
   *
   * @param id empty: a new one
   * @param addresses at most 50, moved here from other contacts; none: it is removed
   */
  record SetContact(Request request, Optional<MessageId> id, String name, List<Address> addresses)
      implements Command {
    public SetContact {
      addresses = List.copyOf(addresses);
    }
  }

  /** The directory gave the user these addresses: all they have. */
  record SetAddresses(Request request, List<Address> addresses) implements Command {
    public SetAddresses {
      addresses = List.copyOf(addresses);
    }
  }

  /** A provider reports on an SMS of this user; reports in any order come to the same. */
  record NoteSmsStatus(Request request, SmsStatus status) implements Command {}
}
