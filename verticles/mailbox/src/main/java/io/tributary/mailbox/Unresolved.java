package io.tributary.mailbox;

import io.tributary.codecs.log.Entry;
import io.tributary.storage.FrozenEntry;
import java.time.Instant;
import java.util.List;

/**
 * The one entry whose outcome is not known yet. Number, stamp and bytes are frozen: nothing joins
 * it, nothing leaves it, and it is offered until its outcome is known.
 */
final class Unresolved {
  private final FrozenEntry frozen;
  private final Entry entry;
  private final List<Pending> members;
  private final Instant firstSent;
  private int attempts;
  private boolean inDoubt;

  /**
   * @param entry as decoded from the frozen bytes; raw messages, which the fold doesn't look at,
   *     are let go, because an entry may stay in doubt for long
   * @param members in the order of their actions
   */
  Unresolved(FrozenEntry frozen, Entry entry, List<Pending> members, Instant firstSent) {
    this.frozen = frozen;
    this.entry = withoutRaw(entry);
    this.members = List.copyOf(members);
    this.firstSent = firstSent;
  }

  private static Entry withoutRaw(Entry entry) {
    return new Entry(entry.stamp(), entry.actions().stream().map(Payloads::withoutRaw).toList());
  }

  FrozenEntry frozen() {
    return frozen;
  }

  Entry entry() {
    return entry;
  }

  List<Pending> members() {
    return members;
  }

  Instant firstSent() {
    return firstSent;
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

  /** For logs. */
  @Override
  public String toString() {
    return "user=" + frozen.log().user() + " entry=" + frozen.number();
  }
}
