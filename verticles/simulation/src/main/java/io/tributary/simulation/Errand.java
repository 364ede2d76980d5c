package io.tributary.simulation;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A change that a user asks for; each has a name of its own, which is also its request's key. */
sealed interface Errand {
  SimulatedUser user();

  String name();

  Command command();

  /** What the log must say when a node says that it was done there; what is wrong otherwise. */
  Optional<String> wrong(TaleMarks marks, Position done);

  default Command.Request request() {
    byte[] content = Arrays.copyOf(Bytes.ofUtf8(name()).toArray(), 16);
    return new Command.Request(Optional.of(Bytes.ofUtf8(name())), Bytes.ofOwned(content));
  }

  private static Optional<String> unless(boolean holds, String wrong) {
    return holds ? Optional.empty() : Optional.of(wrong);
  }

  /**
   * A flag that is set once is set, and more.
   *
   * @param folder where the thread goes
   * @param deleted whether its messages are deleted, or come back
   */
  record Flag(
      SimulatedUser user,
      String name,
      Position thread,
      Optional<Folder> folder,
      Optional<Boolean> deleted)
      implements Errand {
    @Override
    public Command command() {
      Command.Scope scope =
          new Command.Scope(Optional.of(new MessageId(user.id(), thread)), List.of());
      return new Command.Modify(
          request(), scope, new Command.Edit(List.of(name), List.of(), folder, deleted));
    }

    @Override
    public Optional<String> wrong(TaleMarks marks, Position done) {
      return unless(
          marks.flaggedAt(name).equals(Optional.of(done)),
          "is flagged at " + marks.flaggedAt(name));
    }
  }

  /** A flag is taken back. */
  record Undo(Flag flag, String name, Position change) implements Errand {
    @Override
    public SimulatedUser user() {
      return flag.user();
    }

    @Override
    public Command command() {
      return new Command.Undo(request(), change);
    }

    @Override
    public Optional<String> wrong(TaleMarks marks, Position done) {
      return unless(!marks.isFlagged(flag.thread(), flag.name()), "is still flagged");
    }
  }

  /** A thread is read. */
  record Read(SimulatedUser user, String name, Position thread) implements Errand {
    @Override
    public Command command() {
      return new Command.MarkRead(request(), new MessageId(user.id(), thread), thread);
    }

    @Override
    public Optional<String> wrong(TaleMarks marks, Position done) {
      Position upTo = marks.readUpTo(thread);
      return unless(upTo.compareTo(thread) >= 0, "is read up to " + upTo);
    }
  }

  /** Somebody is known. */
  record Contact(SimulatedUser user, String name, List<Address> addresses) implements Errand {
    public Contact {
      addresses = List.copyOf(addresses);
    }

    @Override
    public Command command() {
      return new Command.SetContact(request(), Optional.empty(), name, addresses);
    }

    @Override
    public Optional<String> wrong(TaleMarks marks, Position done) {
      return unless(marks.contactAt(done).equals(Optional.of(name)), "is " + marks.contactAt(done));
    }
  }
}
