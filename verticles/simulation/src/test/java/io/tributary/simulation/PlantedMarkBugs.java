package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.List;

/** Bugs in marks, contacts and reports that the simulator must find. */
final class PlantedMarkBugs {
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";

  private PlantedMarkBugs() {}

  static List<Mutant> all() {
    return List.of(
        bug(
            "refused from a state that may lack something",
            "WorkQueue.java",
            "if (pending.lasting(known) || pending.provenBy(runComplete)) {",
            "if (true) {"),
        bug(
            "proved by a reading that began before",
            "Mailbox.java",
            "pending.proveBy(forward.nextRun());",
            "pending.proveBy(forward.nextRun() - 1);"),
        bug(
            "report taken though an earlier one says more",
            "TextMessages.java",
            "return known == null || rank(status) > rank(known);",
            "return known == null || !status.equals(known);"),
        bug(
            "report taken for known though it says more",
            "TextMessages.java",
            "return known == null || rank(status) > rank(known);",
            "return known == null;"),
        bug(
            "contact decided beside messages of its entry",
            "ContactRule.java",
            "public boolean alone() { return true; }",
            "public boolean alone() { return false; }"),
        bug(
            "change decided beside messages of its entry",
            "ModifyRule.java",
            "public boolean alone() { return true; }",
            "public boolean alone() { return false; }"),
        bug(
            "undo takes a flag back that it did not set",
            "UndoRule.java",
            "edit.addFlags().stream().filter(flags::contains).toList(),",
            "List.copyOf(flags),"));
  }

  private static Mutant bug(String bug, String source, String original, String replacement) {
    return new Mutant(bug, List.of(new Edit(MAILBOX + source, original, replacement)));
  }
}
