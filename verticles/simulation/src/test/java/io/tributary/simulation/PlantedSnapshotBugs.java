package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.ArrayList;
import java.util.List;

/** Bugs in snapshots that the simulator must find. */
final class PlantedSnapshotBugs {
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";
  private static final String STORE = "hbase-async/store/src/main/java/io/tributary/store/";

  private PlantedSnapshotBugs() {}

  static List<Mutant> all() {
    return List.of(
        bug(
            "snapshot says one entry less than it covers",
            MAILBOX + "MailboxState.java",
            ".setEntry(entry)",
            ".setEntry(entry - 1)",
            new Edit(
                MAILBOX + "Snapshotting.java",
                "new Snapshot(state.log(), state.entry(),",
                "new Snapshot(state.log(), state.entry() - 1,"),
            new Edit(
                MAILBOX + "SnapshotCodec.java",
                "state.messages().entries() != state.entry()",
                "false")),
        bug(
            "tail begins one late",
            MAILBOX + "ForwardReading.java",
            "committedEntry.getAsLong() + 1, PAGE_ENTRIES_MAX)",
            "committedEntry.getAsLong() + (runsBegun == 1 && committedEntry.getAsLong() > 0 ? 2 : 1),"
                + " PAGE_ENTRIES_MAX)"),
        bug(
            "state saved before it is committed",
            MAILBOX + "Offering.java",
            "unresolved = made; offer(made);",
            "unresolved = made; outcome.begun(made); offer(made);",
            new Edit(
                MAILBOX + "Offering.java",
                "interface Outcome {",
                "interface Outcome { void begun(Unresolved entry);"),
            new Edit(
                MAILBOX + "Mailbox.java",
                "private void fallBehind() {",
                """
                @Override
                public void begun(Unresolved made) {
                  MailboxState early = SnapshotCodec.decode(new io.tributary.storage.Snapshot(
                      committed.log(), committed.entry(),
                      io.tributary.codecs.message.Bytes.ofOwned(SnapshotCodec.encode(committed))));
                  early.fold(made.frozen().number(), made.entry(), made.frozen().bytes().length());
                  shared.snapshots().leave(List.of(early)).subscribe();
                }

                private void fallBehind() {
                """)),
        bug(
            "snapshot written with the server's timestamps",
            STORE + "HBaseSnapshotStore.java",
            "manifest.piece(number, snapshot.content()), timestamp));",
            "manifest.piece(number, snapshot.content()), now()));",
            new Edit(
                STORE + "HBaseSnapshotStore.java",
                "rows.putAt(row(user, place.number, 0), manifest.bytes(), timestamp)",
                "Completable.defer(() ->"
                    + " rows.putAt(row(user, place.number, 0), manifest.bytes(), now()))"),
            new Edit(
                STORE + "HBaseSnapshotStore.java",
                "private RowKey row(",
                """
                private static long clock = 1L << 50;

                private static long now() {
                  return ++clock;
                }

                private RowKey row(
                """)));
  }

  private static Mutant bug(
      String bug, String source, String original, String replacement, Edit... more) {
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit(source, original, replacement));
    edits.addAll(List.of(more));
    return new Mutant(bug, edits);
  }
}
