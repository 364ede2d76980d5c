package io.tributary.simulation;

import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.CommandOutcome.Done;
import java.util.HashMap;
import java.util.Map;

/** The devices on which users write notes. They repeat under the same id until it is sent. */
final class NoteSender {
  private static final long PATIENCE_MICROS = 12 * VirtualTime.SECOND;
  private static final long PAUSE_MICROS = 2 * VirtualTime.SECOND;
  private static final long LATENCY_MICROS = 500;

  private final World world;
  private final Map<Note, Position> sent = new HashMap<>();
  private int unsent;

  NoteSender(World world) {
    this.world = world;
  }

  /** Whether all notes are known to be sent. */
  boolean idle() {
    return unsent == 0;
  }

  void send(Note note) {
    unsent++;
    attempt(note);
    if (world.chance().happens(0.1)) {
      attempt(note); // two at once
    }
  }

  private void attempt(Note note) {
    Attempt attempt = new Attempt(note);
    world.time().after(PATIENCE_MICROS, attempt::giveUp);
    later(
        () ->
            world
                .nodeFor(note.sender().recipient(note.sender().chat()))
                .execute(
                    note.sender().mailbox(),
                    note.command(),
                    outcome -> later(() -> attempt.answered(outcome))));
  }

  private void later(Runnable arrival) {
    if (world.weather().losesIntake()) {
      world.trace().note("lost between device and node");
    } else {
      world.time().after(world.chance().latencyMicros(LATENCY_MICROS), arrival);
    }
  }

  /** One try, answered or not. */
  private final class Attempt {
    private final Note note;
    private boolean over;

    Attempt(Note note) {
      this.note = note;
    }

    void giveUp() {
      if (!over) {
        over = true;
        again();
      }
    }

    void answered(CommandOutcome outcome) {
      if (over) {
        return;
      }
      over = true;
      if (outcome instanceof Done done) {
        note(done);
      } else if (outcome instanceof CommandOutcome.Retry
          || outcome instanceof CommandOutcome.NotHere) {
        world.time().after(world.chance().between(1, PAUSE_MICROS), this::again);
      } else {
        world.violation(note.text() + " was answered " + outcome);
      }
    }

    private void note(Done done) {
      Position before = sent.putIfAbsent(note, done.position());
      if (before == null) {
        unsent--;
      } else if (!before.equals(done.position())) {
        world.violation(note.text() + " was sent at " + before + " and at " + done.position());
      }
      if (!world.owed().holds(note, done.position())) {
        world.violation(note.text() + " is said to be sent, but the log does not hold it");
      }
      if (before == null && world.chance().happens(0.1)) {
        attempt(note); // the answer was lost on the device
      }
    }

    private void again() {
      if (!sent.containsKey(note)) {
        attempt(note);
      }
    }
  }
}
