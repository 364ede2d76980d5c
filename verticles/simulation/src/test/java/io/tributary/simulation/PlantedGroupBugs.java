package io.tributary.simulation;

import io.tributary.simulation.Mutant.Edit;
import java.util.List;

/** Bugs in writing entries of several mailboxes together that the simulator must find. */
final class PlantedGroupBugs {
  private static final String STORE = "hbase-async/store/src/main/java/io/tributary/store/";

  private PlantedGroupBugs() {}

  static List<Mutant> all() {
    return List.of(
        bug(
            "one mailbox twice in a batch",
            "RegionQueue.java",
            "if (taken.contains(next.exclusion())) {",
            "if (false) {"),
        bug(
            "refused batch told taken without reading stamps",
            "GroupCommitter.java",
            "meters.trouble(Trouble.REFUSED); readBack(batch);",
            "batch.forEach(append -> end(append, new Result.Refused()));"),
        bug(
            "refused batch told success without reading stamps",
            "GroupCommitter.java",
            "meters.trouble(Trouble.REFUSED); readBack(batch);",
            "batch.forEach(this::stands);"),
        bug(
            "batch sent to a server that doesn't look what is there",
            "GroupSupport.java",
            "return isThere;",
            "return true;"),
        bug(
            "markers that were not written told written",
            "GroupMarker.java",
            "batch.forEach(m -> m.fail(failure))",
            "batch.forEach(GroupedMark::stands)"));
  }

  private static Mutant bug(String bug, String source, String original, String replacement) {
    return new Mutant(bug, List.of(new Edit(STORE + source, original, replacement)));
  }
}
