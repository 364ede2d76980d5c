package io.tributary.simulation;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Users who flag, move, delete, read, know people, and take some of it back. Each errand is asked
 * for again, anywhere, until it was answered, and at times once more.
 */
final class Housekeeping {
  private static final long PATIENCE_MICROS = 30 * VirtualTime.SECOND;
  private static final long PAUSE_MICROS_MAX = 5 * VirtualTime.SECOND;
  private static final List<Address> PEOPLE =
      List.of(
          Address.parse("sms:+12025550177"),
          Address.parse("sms:+12025550178"),
          Address.parse("email:ann@example.org"));

  private final World world;
  private int thought;
  private int owed;

  Housekeeping(World world) {
    this.world = world;
  }

  boolean idle() {
    return owed == 0;
  }

  /** Thinks of something to do now, if there is something. */
  void begin() {
    SimulatedUser user = world.chance().oneOf(world.users());
    List<Position> threads = world.watch().tale(user.id()).marks().threads();
    if (world.watch().tale(user.id()).entry() == 0) {
      return;
    }
    if (threads.isEmpty() || world.chance().happens(0.25)) {
      ask(new Errand.Contact(user, name("contact"), people()));
    } else {
      Position thread = world.chance().oneOf(threads);
      ask(
          world.chance().happens(0.3)
              ? new Errand.Read(user, name("read"), thread)
              : new Errand.Flag(user, name("flag"), thread, folder(), deleted()));
    }
  }

  private String name(String kind) {
    return kind + thought++;
  }

  private List<Address> people() {
    List<Address> people = new ArrayList<>(PEOPLE);
    people.removeIf(each -> world.chance().happens(0.4));
    return people.isEmpty() ? PEOPLE : people;
  }

  private Optional<Folder> folder() {
    return world.chance().happens(0.5)
        ? Optional.empty()
        : Optional.of(world.chance().oneOf(List.of(Folder.values())));
  }

  private Optional<Boolean> deleted() {
    return world.chance().happens(0.8)
        ? Optional.empty()
        : Optional.of(world.chance().happens(0.6));
  }

  private void ask(Errand errand) {
    owed++;
    world.plan(errand);
    new Job(errand).attempt();
  }

  private final class Job {
    private final Errand errand;
    private int attempts;
    private boolean settled;

    Job(Errand errand) {
      this.errand = errand;
    }

    void attempt() {
      int number = ++attempts;
      world
          .network()
          .send(
              "errand",
              () ->
                  world
                      .nodeFor(errand.user().id())
                      .execute(
                          errand.user(),
                          errand.command(),
                          done -> world.network().send("done", () -> hear(done))));
      world.time().after(PATIENCE_MICROS, () -> again(number));
    }

    private void again(int number) {
      if (!settled && number == attempts) {
        attempt();
      }
    }

    private void hear(CommandOutcome outcome) {
      if (outcome instanceof CommandOutcome.Done done) {
        settle(done.position());
      } else if (outcome instanceof CommandOutcome.Retry
          || outcome instanceof CommandOutcome.NotHere) {
        againLater();
      } else {
        world.violation(errand.name() + " was answered " + outcome);
      }
    }

    private void againLater() {
      if (!settled) {
        int number = ++attempts;
        long pause = world.chance().between(VirtualTime.MILLISECOND, PAUSE_MICROS_MAX);
        world.time().after(pause, () -> again(number));
      }
    }

    private void settle(Position position) {
      if (settled) {
        return;
      }
      if (world.chance().happens(0.15)) {
        againLater();
        return;
      }
      settled = true;
      owed--;
      if (errand instanceof Errand.Flag flag && world.chance().happens(0.5)) {
        ask(new Errand.Undo(flag, name("undo"), position));
      }
    }
  }

  @Override
  public String toString() {
    return "housekeeping owed " + owed;
  }
}
