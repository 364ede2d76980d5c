package io.tributary.loadtests.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What came over the listeners' sockets, of which each mailbox has one. A listener that had to
 * connect again went on where it was, so all that was acknowledged must have come, once. Safe for
 * any thread.
 */
public final class LiveBook {
  /** A message in a mailbox. */
  private record Place(String mailbox, String id) {}

  private final Map<Place, Integer> seen = new ConcurrentHashMap<>();
  private final Map<Place, Long> due = new ConcurrentHashMap<>(); // and when it was acknowledged
  private final Map<Place, Long> firstSeen = new ConcurrentHashMap<>();
  private final AtomicInteger gaps = new AtomicInteger();
  private final AtomicInteger listeners = new AtomicInteger();
  private final AtomicInteger sendersDone = new AtomicInteger();

  public void listening() {
    listeners.incrementAndGet();
  }

  public int listeners() {
    return listeners.get();
  }

  public void senderDone() {
    sendersDone.incrementAndGet();
  }

  public int sendersDone() {
    return sendersDone.get();
  }

  /** The sender was told {@code sent}; now the listeners of these mailboxes must hear of it. */
  public void acknowledged(String id, Set<String> mailboxes) {
    long now = System.nanoTime();
    mailboxes.forEach(mailbox -> due.putIfAbsent(new Place(mailbox, id), now));
  }

  public void seen(String mailbox, String id) {
    firstSeen.putIfAbsent(new Place(mailbox, id), System.nanoTime());
    seen.merge(new Place(mailbox, id), 1, Integer::sum);
  }

  public boolean isSeen(String mailbox, String id) {
    return seen.containsKey(new Place(mailbox, id));
  }

  public boolean isComplete() {
    return seen.keySet().containsAll(due.keySet());
  }

  /** A window ran over: what it held is in the mailbox, and needs not have come. */
  public void gap() {
    gaps.incrementAndGet();
  }

  public int gaps() {
    return gaps.get();
  }

  /**
   * The longest that a message of this time took from its acknowledgement to the listener's socket,
   * of those that have come, in milliseconds.
   *
   * @param fromNanos by {@link System#nanoTime}, as is the end
   */
  public double slowestMillis(long fromNanos, long toNanos) {
    return due.entrySet().stream()
        .filter(place -> place.getValue() - fromNanos >= 0 && place.getValue() - toNanos <= 0)
        .filter(place -> firstSeen.containsKey(place.getKey()))
        .mapToDouble(place -> (firstSeen.getOrDefault(place.getKey(), 0L) - place.getValue()) / 1e6)
        .max()
        .orElse(0);
  }

  /** Messages that came more than once, counted by mailbox. */
  public int repeats() {
    return (int) seen.values().stream().filter(count -> count > 1).count();
  }

  public int seenCount() {
    return seen.size();
  }

  /** Acknowledged messages that never came, and messages that came more than once, by id. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (gaps.get() == 0) {
      due.keySet().stream()
          .filter(place -> !seen.containsKey(place))
          .forEach(
              place -> faults.add(place.id() + " never came to a socket of " + place.mailbox()));
    }
    seen.forEach(
        (place, count) -> {
          if (count > 1) {
            faults.add(place.id() + " came " + count + " times to a socket of " + place.mailbox());
          }
        });
    return faults.stream().sorted().toList();
  }
}
