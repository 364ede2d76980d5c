package io.tributary.simulation;

import io.tributary.mailbox.CommandOutcome;

/**
 * A device that sends and is told nothing else. It does not give up before each note was answered:
 * after a refusal for now, or silence, it asks again under the same id, anywhere.
 */
final class NoteSender {
  private static final long PATIENCE_MICROS = 30 * VirtualTime.SECOND;
  private static final long PAUSE_MICROS_MAX = 5 * VirtualTime.SECOND;

  private final World world;
  private int owed;

  NoteSender(World world) {
    this.world = world;
  }

  /** Whether each note was answered. */
  boolean idle() {
    return owed == 0;
  }

  void send(Note note) {
    owed++;
    new Job(note).attempt();
  }

  private final class Job {
    private final Note note;
    private int attempts;
    private boolean settled;

    Job(Note note) {
      this.note = note;
    }

    void attempt() {
      int number = ++attempts;
      world
          .network()
          .send(
              "send",
              () ->
                  world
                      .nodeFor(note.sender().id())
                      .execute(
                          note.sender(),
                          note.command(),
                          outcome -> world.network().send("sent", () -> hear(outcome))));
      world.time().after(PATIENCE_MICROS, () -> giveUpWaiting(number));
    }

    private void giveUpWaiting(int number) {
      if (!settled && number == attempts) {
        attempt();
      }
    }

    private void hear(CommandOutcome outcome) {
      if (outcome instanceof CommandOutcome.Done done) {
        world.notes().promise(note, done.position());
        settle();
      } else if (outcome instanceof CommandOutcome.IdReused) {
        world.notes().refuse(note);
        settle();
      } else if (outcome instanceof CommandOutcome.Retry
          || outcome instanceof CommandOutcome.NotHere) {
        againLater();
      } else {
        world.violation(note + " was answered " + outcome);
      }
    }

    private void againLater() {
      if (!settled) {
        int number = ++attempts;
        long pause = world.chance().between(VirtualTime.MILLISECOND, PAUSE_MICROS_MAX);
        world.time().after(pause, () -> giveUpWaiting(number));
      }
    }

    /** At times it forgets that it was answered, and asks again. */
    private void settle() {
      if (settled) {
        return;
      }
      if (world.chance().happens(0.15)) {
        againLater();
      } else {
        settled = true;
        owed--;
      }
    }
  }

  @Override
  public String toString() {
    return "sender owed " + owed;
  }
}
