package io.tributary.mailbox;

import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.IdReused;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NotHere;
import io.tributary.mailbox.CommandOutcome.Retry;
import java.util.Optional;

/** A command that wants to be carried out. */
final class PendingCommand extends Pending<CommandOutcome> {
  /** What is particular to a kind of command. */
  interface Rule {
    /** At most what it adds to an entry. */
    long bytesMax();

    /** See {@link Pending#alone}. */
    default boolean alone() {
      return false;
    }

    /** See {@link Pending#owing}. */
    default boolean owing() {
      return false;
    }

    /** What committed state says of it: refused, or nothing to change. */
    Optional<CommandOutcome> settled(MailboxState committed);

    /** Whether nothing to change now is nothing to change for ever. */
    default boolean risesOnly() {
      return false;
    }

    /** Adds its actions, at least one; the first carries the request's key. */
    void decide(Decisions decisions, Request request);
  }

  private final Request request;
  private final Rule rule;

  PendingCommand(Command command, SingleEmitter<CommandOutcome> caller) {
    super(caller);
    this.request = command.request();
    this.rule = Rules.of(command);
  }

  @Override
  Optional<Object> identity() {
    return request.key().map(key -> request(key));
  }

  /** A delivery's key and a request's never are the same. */
  private static Object request(Object key) {
    return Optional.of(key);
  }

  @Override
  long bytesMax() {
    return rule.bytesMax();
  }

  @Override
  boolean alone() {
    return rule.alone();
  }

  @Override
  boolean owing() {
    return rule.owing();
  }

  @Override
  Optional<CommandOutcome> duplicate(MailboxState committed, long nowMillis) {
    return request
        .key()
        .flatMap(key -> committed.byRequest(key, nowMillis))
        .map(
            use ->
                use.request().equals(Optional.of(request.content()))
                    ? new Done(use.position(), true)
                    : new IdReused());
  }

  @Override
  Optional<CommandOutcome> settled(MailboxState committed, long nowMillis) {
    return duplicate(committed, nowMillis).or(() -> rule.settled(committed));
  }

  @Override
  boolean lasting(CommandOutcome settled) {
    return settled instanceof IdReused
        || settled instanceof Invalid
        || (settled instanceof Done done && (done.repeated() || rule.risesOnly()));
  }

  @Override
  void decide(Decisions decisions) {
    rule.decide(decisions, request);
  }

  @Override
  CommandOutcome stored(MailboxState committed, Position position) {
    return new Done(position, false);
  }

  @Override
  CommandOutcome retry(String reason) {
    return new Retry(reason);
  }

  @Override
  CommandOutcome notHere() {
    return new NotHere();
  }

  @Override
  void observe(MailboxObserver observer, CommandOutcome outcome) {
    observer.executed(outcome);
  }
}
