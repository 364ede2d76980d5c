package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.List;

/** Bugs in sending, carrying, listening and webhooks that the simulator must find. */
final class PlantedSendBugs {
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";
  private static final String LIVE = "channels/src/main/java/io/tributary/channels/live/";
  private static final String SMS = "channels/src/main/java/io/tributary/channels/sms/";

  private PlantedSendBugs() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "owed marker written after the entry",
            List.of(
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "if (queue.hasOwing() && marking.isNeeded()) {",
                    "if (false) {"),
                new Edit(
                    MAILBOX + "Mailbox.java",
                    "tellSessions(LiveEvents.batch(",
                    """
                    if (!committed.outstanding().isEmpty()) {
                      shared.links().owed().mark(committed.log(), number)
                          .subscribe(() -> {}, cause -> {});
                    }
                    tellSessions(LiveEvents.batch(
                    """))),
        bug(
            "marker cleared with a newer number than what is committed",
            MAILBOX + "Clearing.java",
            ".clear(log, entry)",
            ".clear(log, entry + 1)"),
        bug(
            "copy taken without a look at its origin",
            MAILBOX + "PendingDelivery.java",
            "? committed.copies().find(delivery.origin().get())",
            "? Optional.<Position>empty()"),
        bug(
            "settled before it was carried",
            MAILBOX + "Outbox.java",
            "private void carry(Copy copy) {",
            "private void carry(Copy copy) {"
                + " settle(new Settlement(copy.message, copy.recipient, State.DELIVERED));"),
        bug(
            "copy forgotten after a crash: nobody wakes its mailbox",
            MAILBOX + "MailboxShard.java",
            "Completable.create(caller -> wake(mailbox.log(), caller::onComplete))",
            "Completable.complete()"),
        bug(
            "sessions told before the commit",
            MAILBOX + "Mailbox.java",
            "making.make().ifPresent(offering::begin);",
            """
            making.make().ifPresent(made -> {
              tellSessions(new LiveBatch(committed.user(), committed.head(),
                  Position.of(made.frozen().number(), made.entry().actions().size() - 1),
                  java.util.List.of()));
              offering.begin(made);
            });
            """),
        bug(
            "follower takes a batch behind a gap",
            LIVE + "Follower.java",
            "if (batch.after().compareTo(last) <= 0) {",
            "if (true) {"),
        bug(
            "session repeats something when it resumes",
            LIVE + "Follower.java",
            "this.since = since;",
            "this.since = since.map(known -> new Position(Math.max(0, known.value() - 256)));"),
        bug(
            "webhook answered before the commit",
            SMS + "SmsHandover.java",
            "return answered(accepted,"
                + " new IntakeOutcome.Retry(\"no answer from the mailbox\"), deadline)",
            "accepted.subscribe(outcome -> {}, failure -> {});"
                + " return Single.<IntakeOutcome>just(new IntakeOutcome.Stored())"),
        bug(
            "mailbox put to rest goes on working",
            MAILBOX + "Mailbox.java",
            "shared.confine(); if (retired) {",
            "shared.confine(); if (false) {"),
        bug(
            "content of a repeated id not compared",
            MAILBOX + "PendingCommand.java",
            "use.request().equals(Optional.of(request.content()))",
            "true"));
  }

  private static Mutant bug(String bug, String source, String original, String replacement) {
    return new Mutant(bug, List.of(new Edit(source, original, replacement)));
  }
}
