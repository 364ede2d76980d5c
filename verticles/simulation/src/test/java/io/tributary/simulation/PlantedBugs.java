package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.List;
import java.util.stream.Stream;

/** Bugs that the simulator must find. */
final class PlantedBugs {
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";
  private static final String STORE = "hbase-async/store/src/main/java/io/tributary/store/";

  private PlantedBugs() {}

  /** No change: what the simulator must not complain of. */
  static Mutant none() {
    return new Mutant(
        "none",
        List.of(
            new Edit(MAILBOX + "Mailbox.java", "final class Mailbox", "final class Mailbox"),
            new Edit(MAILBOX + "Offering.java", "final class Offering", "final class Offering"),
            new Edit(
                STORE + "HBaseActionLog.java",
                "public final class HBaseActionLog",
                "public final class HBaseActionLog"),
            new Edit(
                STORE + "GroupCommitter.java",
                "public final class GroupCommitter",
                "public final class GroupCommitter")));
  }

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "plain put instead of put-if-absent",
            List.of(
                new Edit(
                    STORE + "ConditionalWrite.java",
                    ".orElseGet(() -> rows.putIfAbsent(row, value));",
                    ".orElseGet(() -> rows.get(row)"
                        + ".flatMapSingle(found -> rows.compareAndSet(row, found, value))"
                        + ".switchIfEmpty(rows.putIfAbsent(row, value)));"))),
        new Mutant(
            "no idempotency key",
            List.of(
                new Edit(
                    MAILBOX + "Decisions.java",
                    "new RecordedAction(nowMillis, delivery.key(),",
                    "new RecordedAction(nowMillis, Optional.empty(),"))),
        new Mutant(
            "stamp ignored: an own entry is not recognised",
            List.of(
                new Edit(
                    STORE + "HBaseActionLog.java",
                    "return EntryCodec.stampOf(found.unsafeArray()).equals(entry.stamp());",
                    "return false;"))),
        new Mutant(
            "stamp ignored: any entry is taken for the own one",
            List.of(
                new Edit(
                    STORE + "HBaseActionLog.java",
                    "return EntryCodec.stampOf(found.unsafeArray()).equals(entry.stamp());",
                    "return true;"))),
        new Mutant(
            "early acknowledgement",
            List.of(
                new Edit(
                    MAILBOX + "EntryMaking.java",
                    "return Optional.of(new Unresolved(frozen, entry, members, now));",
                    """
                    for (Member member : members.callers()) {
                      if (member.pending() instanceof PendingDelivery delivery) {
                        var id = committed.id(member.position());
                        queue.answer(delivery, new DeliverOutcome.Stored(id, id));
                      }
                    }
                    return Optional.of(new Unresolved(frozen, entry, members, now));
                    """))),
        new Mutant(
            "duplicate answered from tentative state",
            List.of(
                new Edit(
                    MAILBOX + "EntryMaking.java",
                    "if (!queue.settleByState(next, waiting) && !decisions.holds(next.identity())) {",
                    """
                    if (queue.settleByState(next, waiting)) {
                      continue;
                    } else if (decisions.holds(next.identity())
                        && next instanceof PendingDelivery delivery) {
                      waiting.remove();
                      var id = committed.id(Position.of(committed.entry() + 1, 0));
                      queue.settle(delivery, new DeliverOutcome.Duplicate(id, id));
                    } else {
                    """))),
        recoalesced("entry re-coalesced while in doubt, under a new stamp"),
        new Mutant(
            "entry re-coalesced while in doubt, under the same stamp",
            concat(
                recoalesced("").edits(),
                new Edit(
                    MAILBOX + "EntryMaking.java",
                    "Stamp stamp = shared.environment().stamps().next();",
                    """
                    if (number != lastNumber) {
                      lastNumber = number;
                      lastStamp = shared.environment().stamps().next();
                    }
                    Stamp stamp = java.util.Objects.requireNonNull(lastStamp);
                    """),
                new Edit(
                    MAILBOX + "EntryMaking.java",
                    "private final WorkQueue queue;",
                    "private final WorkQueue queue; private long lastNumber;"
                        + " private Stamp lastStamp;"))),
        new Mutant(
            "n+1 pipelined",
            List.of(
                new Edit(
                    MAILBOX + "Offering.java",
                    "unresolved = made; offer(made);",
                    "outcome.sent(made); offer(made);"),
                new Edit(
                    MAILBOX + "Offering.java",
                    "interface Outcome {",
                    "interface Outcome { void sent(Unresolved entry);"),
                new Edit(MAILBOX + "Offering.java", "if (offered != unresolved) {", "if (false) {"),
                new Edit(MAILBOX + "Offering.java", "if (offered == unresolved) {", "if (true) {"),
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "Position before = committed.head();"
                        + " committed.fold(number, standing.entry(),"
                        + " standing.frozen().bytes().length());",
                    "Position before = Position.START;"),
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "private void fallBehind() {",
                    """
                    @Override
                    public void sent(Unresolved entry) {
                      committed.fold(
                          entry.frozen().number(), entry.entry(), entry.frozen().bytes().length());
                    }

                    private void fallBehind() {
                    """))),
        new Mutant(
            "append without OPEN",
            List.of(
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "} else if (committed.isEmpty()) { fallBehind();" + " queue.notHere(); }",
                    "}"),
                new Edit(
                    MAILBOX + "PendingDelivery.java",
                    "boolean mine =",
                    "boolean mine = committed.isEmpty() ||"),
                new Edit(
                    MAILBOX + "EntryCheck.java",
                    "if (first != action instanceof Opened) {",
                    "if (!first && action instanceof Opened) {"))),
        new Mutant(
            "taken number decided again without reading what took it",
            List.of(
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "takenAfter = committed.entry(); fallBehind();",
                    ""))),
        new Mutant(
            "keys not looked at again after a taken number",
            List.of(
                new Edit(
                    MAILBOX + "WorkQueue.java",
                    "Optional<O> outcome = pending.settled(committed, shared.nowMillis());",
                    "Optional<O> outcome = Optional.empty();"))),
        new Mutant(
            "latest state answered without asking the log",
            List.of(
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "if (freshness == Freshness.LATEST) {",
                    "if (false) {"))),
        new Mutant(
            "short page taken for the end of the log",
            List.of(
                new Edit(
                    MAILBOX + "ForwardReading.java",
                    "page.isEmpty()",
                    "page.size() < PAGE_ENTRIES_MAX"))),
        new Mutant(
            "deadline forgotten",
            List.of(
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "pending.expireBy(shared.atDeadline("
                        + "() -> change(() -> queue.expire(pending))));",
                    ""))));
  }

  private static Mutant recoalesced(String bug) {
    return new Mutant(
        bug,
        List.of(
            new Edit(
                MAILBOX + "Offering.java",
                "private void offerAgain(Unresolved offered) {"
                    + " if (offered == unresolved) { offer(offered); }",
                "private void offerAgain(Unresolved offered) {"
                    + " if (offered == unresolved) { forget(offered); outcome.again(offered); }"),
            new Edit(
                MAILBOX + "Offering.java",
                "interface Outcome {",
                "interface Outcome { void again(Unresolved entry);"),
            new Edit(
                MAILBOX + "Mailbox.java",
                "private void fallBehind() {",
                """
                @Override
                public void again(Unresolved entry) {
                  queue.putBack(entry.members().callers());
                }

                private void fallBehind() {
                """)));
  }

  private static List<Edit> concat(List<Edit> edits, Edit... more) {
    return Stream.concat(edits.stream(), Stream.of(more)).toList();
  }
}
