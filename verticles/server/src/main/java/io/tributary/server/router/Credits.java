package io.tributary.server.router;

import io.tributary.codecs.identity.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits for what is on its way to mailboxes: so many for each mailbox, so many for each cell.
 * Whoever finds none left says so at once instead of queueing. Safe for any thread.
 */
public final class Credits {
  private final Allowance allowance;
  private final Map<UserId, Integer> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> cells = new ConcurrentHashMap<>();

  /**
   * How many may be under way at once.
   *
   * @param perMailbox at least 1
   * @param perCell at least 1
   */
  public record Allowance(int perMailbox, int perCell) {
    public Allowance {
      if (perMailbox < 1 || perCell < 1) {
        throw new IllegalArgumentException("at least one permit each");
      }
    }
  }

  public Credits(Allowance allowance) {
    this.allowance = allowance;
  }

  /** One permit of the mailbox and one of its cell, or none at all. */
  Optional<Permit> take(UserId user, String cell) {
    AtomicInteger ofCell = cells.computeIfAbsent(cell, unseen -> new AtomicInteger());
    if (ofCell.incrementAndGet() > allowance.perCell()) {
      ofCell.decrementAndGet();
      return Optional.empty();
    }
    if (!takeOfMailbox(user)) {
      ofCell.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new Permit(user, ofCell));
  }

  private boolean takeOfMailbox(UserId user) {
    AtomicBoolean taken = new AtomicBoolean();
    mailboxes.compute(
        user,
        (id, held) -> {
          int now = held == null ? 0 : held;
          taken.set(now < allowance.perMailbox());
          return taken.get() ? Integer.valueOf(now + 1) : held;
        });
    return taken.get();
  }

  /** All permits taken and not given back. */
  public int taken() {
    return cells.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** Mailboxes that hold permits. */
  int mailboxes() {
    return mailboxes.size();
  }

  /** Leave to send one thing. Given back once; again does nothing. */
  final class Permit {
    private final UserId user;
    private final AtomicInteger ofCell;
    private final AtomicBoolean given = new AtomicBoolean();

    private Permit(UserId user, AtomicInteger ofCell) {
      this.user = user;
      this.ofCell = ofCell;
    }

    void giveBack() {
      if (given.compareAndSet(false, true)) {
        mailboxes.computeIfPresent(user, (id, held) -> held == 1 ? null : held - 1);
        ofCell.decrementAndGet();
      }
    }
  }
}
