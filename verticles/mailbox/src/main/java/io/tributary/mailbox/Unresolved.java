package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.message.Position;
import io.tributary.storage.FrozenEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The one entry whose outcome is not known yet. Number, stamp and bytes are frozen: nothing joins
 * it, nothing leaves it, and it is offered until its outcome is known.
 */
final class Unresolved {
  private final FrozenEntry frozen;
  private final Entry entry;
  private final Members members;
  private final Instant firstSent;
  private int attempts;
  private boolean inDoubt;

  /**
   * @param entry as decoded from the frozen bytes; raw messages, which the fold doesn't look at,
   *     are let go, because an entry may stay in doubt for long
   */
  Unresolved(FrozenEntry frozen, Entry entry, Members members, Instant firstSent) {
    this.frozen = frozen;
    this.entry = Payloads.withoutRaw(entry);
    this.members = members;
    this.firstSent = firstSent;
  }

  FrozenEntry frozen() {
    return frozen;
  }

  Entry entry() {
    return entry;
  }

  Members members() {
    return members;
  }

  /** Since it was first sent. */
  Duration age(Instant now) {
    return Duration.between(firstSent, now);
  }

  /** How often it was offered. */
  int attempts() {
    return attempts;
  }

  void countAttempt() {
    attempts++;
  }

  boolean inDoubt() {
    return inDoubt;
  }

  void markInDoubt() {
    inDoubt = true;
  }

  /**
   * Whose actions an entry holds.
   *
   * @param callers in the order of their actions
   * @param settlements of the outbox, which nobody waits for
   */
  record Members(List<Member> callers, List<Settlement> settlements) {
    Members {
      callers = List.copyOf(callers);
      settlements = List.copyOf(settlements);
    }
  }

  /**
   * One whose actions are in the entry.
   *
   * @param position of its first action
   */
  record Member(Pending<?> pending, Position position) {}

  /** For logs. */
  @Override
  public String toString() {
    return "user=" + frozen.log().user() + " entry=" + frozen.number();
  }
}
