package io.tributary.loadtests.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The verdict over one run: every acknowledged message lies in each of its mailboxes exactly once,
 * unchanged; none lies anywhere twice or where it does not belong; nothing is found that was never
 * sent. A message that was sent and not acknowledged may be there or not.
 *
 * @param missing acknowledged copies that are not there
 * @param doubled copies that are there more than once
 * @param copies messages found, a message in two mailboxes counting twice
 * @param faultCount how many faults there are
 * @param faults the first ten of them in the order of their messages, each naming its message
 */
public record Audit(
    int sent,
    int acknowledged,
    int copies,
    int missing,
    int doubled,
    int faultCount,
    List<String> faults) {
  private static final int FAULTS_MAX = 10;

  public Audit {
    faults = List.copyOf(faults);
  }

  /** Compares a ledger with what was found; the stream is read once and need not fit in memory. */
  public static Audit of(Ledger ledger, Stream<Sighting> found) {
    Map<String, Posting> sent = ledger.sent();
    Set<String> acknowledged = ledger.acknowledged();
    Comparison comparison = new Comparison(sent);
    found.forEach(comparison::add);
    acknowledged.forEach(comparison::mustBeThere);
    comparison.mustBeSingle();
    return new Audit(
        sent.size(),
        acknowledged.size(),
        comparison.copies.values().stream().mapToInt(Integer::intValue).sum(),
        comparison.missing,
        comparison.doubled,
        comparison.faults.size(),
        comparison.faults.stream().limit(FAULTS_MAX).toList());
  }

  public boolean passed() {
    return faultCount == 0;
  }

  /** One line, and one for each fault that is named. */
  public String report() {
    String line =
        "audit: %s; %d sent, %d acknowledged, %d copies found, %d faults"
            .formatted(passed() ? "passed" : "FAILED", sent, acknowledged, copies, faultCount);
    return passed() ? line : line + "\n  " + String.join("\n  ", faults);
  }

  /** A copy of a message in a mailbox. */
  private record Place(String id, String mailbox) {}

  /** The work in progress. */
  private static final class Comparison {
    private final Map<String, Posting> sent;
    private final Map<Place, Integer> copies = new HashMap<>();
    private final Set<String> faults = new TreeSet<>();
    private int missing;
    private int doubled;

    Comparison(Map<String, Posting> sent) {
      this.sent = sent;
    }

    void add(Sighting sighting) {
      String mailbox = sighting.mailbox();
      String id = sighting.id().orElse("a message without an id");
      Posting posting = sent.get(id);
      if (posting == null) {
        faults.add(id + " in " + mailbox + " was never sent");
        return;
      }
      copies.merge(new Place(id, mailbox), 1, Integer::sum);
      if (!posting.mailboxes().contains(mailbox)) {
        faults.add(id + " lies in " + mailbox + " and not only in " + posting.mailboxes());
      }
      if (!posting.digest().equals(sighting.digest())) {
        faults.add(id + " in " + mailbox + " differs from what was sent");
      }
    }

    void mustBeThere(String id) {
      Posting posting = sent.get(id);
      if (posting == null) {
        faults.add(id + " was acknowledged and never sent");
        return;
      }
      posting.mailboxes().stream()
          .filter(mailbox -> !copies.containsKey(new Place(id, mailbox)))
          .forEach(mailbox -> missing(id, mailbox));
    }

    private void missing(String id, String mailbox) {
      missing++;
      faults.add(id + " was acknowledged and is not in " + mailbox);
    }

    void mustBeSingle() {
      copies.forEach(
          (place, count) -> {
            if (count > 1) {
              doubled++;
              faults.add(place.id() + " is " + count + " times in " + place.mailbox());
            }
          });
    }
  }
}
