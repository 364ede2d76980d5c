package io.tributary.loadtests.drill;

import io.tributary.loadtests.audit.Audit;
import io.tributary.loadtests.audit.LiveBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of one drill.
 *
 * @param errors what senders saw other than an acknowledgement, and how often
 * @param faults why it failed; empty if it did not
 */
record Row(
    String drill,
    Findings findings,
    Outages outages,
    Map<String, Integer> errors,
    List<Claim> claims,
    List<String> faults) {
  private static final int FAULTS_NAMED = 10;

  Row {
    errors = Map.copyOf(errors);
    claims = List.copyOf(claims);
    faults = List.copyOf(faults);
  }

  /**
   * Of the audit.
   *
   * @param found copies, a message in two mailboxes counting twice
   * @param missing acknowledged and not there
   */
  record Findings(int acknowledged, int found, int missing, int doubled, int gaps, int repeats) {
    static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0);

    static Findings of(Audit audit, LiveBook live) {
      return new Findings(
          audit.acknowledged(),
          audit.copies(),
          audit.missing(),
          audit.doubled(),
          live.gaps(),
          live.repeats());
    }
  }

  /** A drill that broke off. */
  static Row broken(String drill, Exception why) {
    return new Row(
        drill,
        Findings.NONE,
        new Outages(List.of()),
        Map.of(),
        List.of(),
        List.of("broke off: " + why));
  }

  boolean passed() {
    return faults.isEmpty();
  }

  /** Everything that must not be, the first few of each kind. */
  static List<String> faults(Audit audit, LiveBook live, Book book, List<Claim> claims) {
    List<String> faults = new ArrayList<>();
    audit.faults().forEach(faults::add);
    live.faults().stream().limit(FAULTS_NAMED).forEach(faults::add);
    if (audit.acknowledged() == 0) {
      faults.add("nothing was acknowledged");
    }
    if (live.gaps() > 0) {
      faults.add(live.gaps() + " gaps were told to listeners");
    }
    Book.errors(book.all(), attempt -> attempt.fate() == Attempt.Fate.REFUSED)
        .forEach((words, count) -> faults.add(count + " times a permanent error: " + words));
    claims.stream()
        .filter(claim -> !claim.holds())
        .forEach(claim -> faults.add("does not hold: " + claim.text()));
    return faults;
  }
}
