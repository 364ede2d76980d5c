package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.List;

/** Bugs in membership, ring and the ways between nodes that the simulator must find. */
final class PlantedCellBugs {
  private static final String ZOOKEEPER =
      "discovery/src/main/java/io/tributary/discovery/zookeeper/";
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";
  private static final String SERVER = "verticles/server/src/main/java/io/tributary/server/";

  private PlantedCellBugs() {}

  static List<Mutant> all() {
    return List.of(
        bug(
            "ring written without compare-and-set",
            ZOOKEEPER + "RingLeader.java",
            "ClusterRecords.encodeRing(registered), before.version())",
            "ClusterRecords.encodeRing(registered), -1)"),
        bug(
            "node not registered again after its session expired",
            ZOOKEEPER + "CellMembership.java",
            "private void checked(NodeInfo node, boolean ours) { if (ours) {",
            "private void checked(NodeInfo node, boolean ours) { if (true) {"),
        bug(
            "forwarded question led on again",
            SERVER + "cell/CellService.java",
            "if (question.getForwarded()) {",
            "if (false) {"),
        bug(
            "LATEST lost between nodes",
            SERVER + "cell/Questions.java",
            "return latest ? Freshness.LATEST : Freshness.COMMITTED;",
            "return Freshness.COMMITTED;"),
        bug(
            "out of touch with ZooKeeper, reads answered from memory",
            MAILBOX + "MailboxShard.java",
            "ownership == Ownership.SURE ? asked : Freshness.LATEST",
            "asked"),
        bug(
            "no answer taken for stored",
            SERVER + "router/Router.java",
            "return new IntakeOutcome.Retry(reasonOf(\"router.intake_failed\", failure));",
            "return new IntakeOutcome.Stored();"),
        bug(
            "copy taken for delivered when its node did not answer",
            SERVER + "outbox/CopyCourier.java",
            "return new Carried.Retry(retry.reason());",
            "return new Carried.Delivered();"),
        new Mutant(
            "owed work of a dead node's users not looked for",
            List.of(
                new Edit(
                    SERVER + "outbox/OwedScan.java",
                    ".repeatWhen("
                        + "ended -> ended.delay(pause.toMillis(), TimeUnit.MILLISECONDS, scheduler))",
                    ""),
                new Edit(
                    SERVER + "outbox/OwedScan.java", "if (gain.isNothing()) {", "if (true) {"))));
  }

  private static Mutant bug(String bug, String source, String original, String replacement) {
    return new Mutant(bug, List.of(new Edit(source, original, replacement)));
  }
}
