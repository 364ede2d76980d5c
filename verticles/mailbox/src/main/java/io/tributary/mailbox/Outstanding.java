package io.tributary.mailbox;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Addressee;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.records.v1.FailedSnapshot;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.records.v1.OwedSnapshot;
import io.tributary.records.v1.RecipientRecord;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the mailbox owes: recipients of its sent messages that are not settled. Of what is settled
 * only failures are kept.
 */
final class Outstanding {
  private static final int WEIGHT_BYTES = 250;

  private final TreeMap<Position, Owed> owed = new TreeMap<>();
  private final Map<Position, BitSet> failed = new TreeMap<>();
  private long local;

  Outstanding() {}

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  Outstanding(MailboxSnapshot saved) {
    for (OwedSnapshot each : saved.getOwedList()) {
      List<Addressee> recipients =
          each.getRecipientsList().stream().map(Outstanding::read).toList();
      Owed open =
          new Owed(
              SavedNumbers.bits(each.getLocal()), SavedNumbers.bits(each.getOutside()), recipients);
      if (Math.max(open.local.length(), open.outside.length()) > recipients.size()) {
        throw new IllegalArgumentException("more is owed than there are recipients");
      }
      local += open.local.cardinality();
      owed.put(new Position(each.getPosition()), open);
    }
    for (FailedSnapshot each : saved.getFailedList()) {
      failed.put(new Position(each.getPosition()), SavedNumbers.bits(each.getRecipients()));
    }
  }

  void save(MailboxSnapshot.Builder saved) {
    owed.forEach((message, open) -> saved.addOwed(save(message, open)));
    failed.forEach(
        (message, recipients) ->
            saved.addFailed(
                FailedSnapshot.newBuilder()
                    .setPosition(message.value())
                    .setRecipients(SavedNumbers.save(recipients))));
  }

  private static OwedSnapshot save(Position message, Owed open) {
    OwedSnapshot.Builder saved =
        OwedSnapshot.newBuilder()
            .setPosition(message.value())
            .setLocal(SavedNumbers.save(open.local))
            .setOutside(SavedNumbers.save(open.outside));
    for (Addressee recipient : open.recipients) {
      saved.addRecipients(
          RecipientRecord.newBuilder()
              .setUser(recipient.user().map(UserId::value).orElse(0L))
              .setGeneration(recipient.generation()));
    }
    return saved.build();
  }

  private static Addressee read(RecipientRecord saved) {
    return saved.getUser() == 0
        ? Addressee.OUTSIDE
        : new Addressee(Optional.of(new UserId(saved.getUser())), saved.getGeneration());
  }

  /** Sent messages that some recipient still lacks. */
  int messages() {
    return owed.size();
  }

  boolean isEmpty() {
    return owed.isEmpty();
  }

  /** Whether some recipient is here, so that the outbox has work. */
  boolean hasLocal() {
    return local > 0;
  }

  NavigableMap<Position, Owed> behind(Position position) {
    return owed.tailMap(position, false);
  }

  boolean owesLocally(Position message, int recipient) {
    Owed open = owed.get(message);
    return open != null && open.local.get(recipient);
  }

  /** How far a recipient of a committed message is. */
  State state(Position message, int recipient) {
    Owed open = owed.get(message);
    if (open != null && (open.local.get(recipient) || open.outside.get(recipient))) {
      return State.OWED;
    }
    BitSet failures = failed.get(message);
    return failures != null && failures.get(recipient) ? State.FAILED : State.DELIVERED;
  }

  /**
   * @param self the sender, to whom nothing is owed: what they sent stands in their mailbox
   */
  void add(Position message, List<Addressee> recipients, UserId self) {
    Owed open = new Owed(new BitSet(), new BitSet(), recipients);
    for (int recipient = 0; recipient < recipients.size(); recipient++) {
      var user = recipients.get(recipient).user();
      if (user.isEmpty()) {
        open.outside.set(recipient);
      } else if (!user.get().equals(self)) {
        open.local.set(recipient);
      }
    }
    local += open.local.cardinality();
    if (!open.isEmpty()) {
      owed.put(message, open);
    }
  }

  /** Without effect on what is settled already. */
  void settle(Settlement settlement) {
    Owed open = owed.get(settlement.message());
    int recipient = settlement.recipient();
    if (open == null || !(open.local.get(recipient) || open.outside.get(recipient))) {
      return;
    }
    local -= open.local.get(recipient) ? 1 : 0;
    open.local.clear(recipient);
    open.outside.clear(recipient);
    if (open.isEmpty()) {
      owed.remove(settlement.message());
    }
    if (settlement.state() == State.FAILED) {
      failed.computeIfAbsent(settlement.message(), unused -> new BitSet()).set(recipient);
    }
  }

  long weightBytes() {
    return (long) WEIGHT_BYTES * (owed.size() + failed.size());
  }

  /** Recipients of one message, by index: those with a mailbox here, and the others. */
  record Owed(BitSet local, BitSet outside, List<Addressee> recipients) {
    /** Whose mailbox lacks it. */
    UserId user(int recipient) {
      return recipients.get(recipient).user().orElseThrow();
    }

    boolean isEmpty() {
      return local.isEmpty() && outside.isEmpty();
    }
  }
}
