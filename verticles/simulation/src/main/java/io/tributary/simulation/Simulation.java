package io.tributary.simulation;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.tributary.simulation.Report.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run from one seed: some time of trouble, then none; in the end all that was promised must be
 * there, and all that was owed be settled.
 */
public final class Simulation {
  private static final long CALM_MICROS = 400 * VirtualTime.SECOND;
  private static final long SETTLED_MICROS = SimulatedRows.LATE_MICROS_MAX + 5 * VirtualTime.SECOND;
  private static final long LOOK_MICROS = 100 * VirtualTime.MILLISECOND;
  private static final long LAST_CHECKS_MICROS = 60 * VirtualTime.SECOND;

  /** A run has one thread; several may run at once. */
  private static final ThreadLocal<World> RUNNING = new ThreadLocal<>();

  private final Setting setting;
  private final World world;
  private final AccountOpening opening;
  private final MailboxReader reader;
  private final List<SmtpClient> clients = new ArrayList<>();
  private final Traffic traffic;

  private Simulation(Setting setting, Consumer<String> listener) {
    this.setting = setting;
    this.world = new World(setting, listener);
    this.opening = new AccountOpening(world);
    this.reader = new MailboxReader(world);
    this.traffic = new Traffic(world, reader);
  }

  public static Report run(long seed) {
    return run(seed, event -> {});
  }

  /**
   * @param listener shown every event
   */
  public static Report run(long seed, Consumer<String> listener) {
    return run(Setting.drawn(seed), listener);
  }

  /**
   * A short run without trouble but for one: a node is killed, and comes back.
   *
   * @param boundary where it is killed: at the so manieth step that nodes take; 0: nowhere
   */
  public static Report runKilledAt(long seed, long boundary, Consumer<String> listener) {
    return run(new Setting(seed, true, boundary), listener);
  }

  private static Report run(Setting setting, Consumer<String> listener) {
    Simulation simulation = new Simulation(setting, listener);
    RxJavaPlugins.setErrorHandler(Simulation::unheard);
    RUNNING.set(simulation.world);
    try {
      simulation.run();
    } catch (RuntimeException e) {
      simulation.world.violation("broken: " + e + " at " + e.getStackTrace()[0]);
    } finally {
      RUNNING.remove();
    }
    return simulation.report();
  }

  private static void unheard(Throwable error) {
    World running = RUNNING.get();
    if (running == null) {
      throw new IllegalStateException("an error outside of a run", error);
    }
    running.violation("an error that nobody heard: " + error);
  }

  private void run() {
    long trouble = world.scale().troubleMicros();
    openAccounts(trouble);
    for (int number = 0; number < world.scale().clients(); number++) {
      clients.add(new SmtpClient(world, "client" + number));
    }
    postLetters(trouble);
    traffic.begin(trouble);
    new Trouble(world, trouble).begin();
    reader.begin(trouble / 20, trouble);
    if (!world.hasRing()) {
      reader.lookFrom(trouble);
    }
    if (runUntilSettled(trouble)) {
      checkStates();
    }
    if (world.violations().isEmpty()) {
      world.users().forEach(user -> new LogChecker(world, user, opening.writer()).check());
    }
  }

  /** Most are there before the first mail; for some mail comes before. */
  private void openAccounts(long trouble) {
    for (SimulatedUser user : world.users()) {
      long after = world.chance().happens(0.3) ? world.chance().between(0, trouble) : 0;
      opening.openAfter(after, user);
    }
  }

  private void postLetters(long trouble) {
    LetterWriting writing = new LetterWriting(world);
    for (int number = 0; number < world.scale().letters(); number++) {
      Letter letter = writing.next();
      world.ledger().write(letter);
      long after = world.chance().between(0, trouble);
      SmtpClient client = world.chance().oneOf(clients);
      world.time().after(after, () -> client.send(letter));
      letter.recipients().forEach(user -> reader.lookSoon(after, user));
      if (letter.keyed() && world.chance().happens(0.1)) {
        SmtpClient twin = world.chance().oneOf(clients);
        world.time().after(after, () -> twin.send(letter));
      }
    }
  }

  /** Until nothing is owed and nothing that was lost can land any more, or a violation. */
  private boolean runUntilSettled(long trouble) {
    long until = trouble + CALM_MICROS;
    long settledSince = trouble;
    long nextLook = trouble;
    while (world.violations().isEmpty() && world.time().step(until)) {
      long now = world.time().nowMicros();
      if (now >= nextLook) {
        nextLook = now + LOOK_MICROS;
        settledSince = settled() ? settledSince : now;
        if (now > settledSince + SETTLED_MICROS) {
          world.boundaries().close();
          return true;
        }
      }
    }
    if (world.violations().isEmpty() && !settled()) {
      world.violation("not settled: " + unsettled());
    }
    return world.violations().isEmpty();
  }

  private boolean settled() {
    return traffic.settled()
        && clients.stream().allMatch(SmtpClient::idle)
        && world.nodes().stream()
            .allMatch(
                node -> node.present().settled() && node.watch().quiet(world.time().nowMicros()))
        && world.ringWatch().settled();
  }

  private String unsettled() {
    List<String> unsettled = new ArrayList<>(traffic.unsettled());
    clients.stream().filter(client -> !client.idle()).forEach(each -> unsettled.add(each + ""));
    world.nodes().forEach(node -> unsettled.add(node.present().toString()));
    return unsettled.toString();
  }

  private void checkStates() {
    StateChecker checker = new StateChecker(world, reader);
    checker.begin();
    long until = world.time().nowMicros() + LAST_CHECKS_MICROS;
    while (world.violations().isEmpty() && !checker.complete() && world.time().step(until)) {
      // each step is one event
    }
    if (world.violations().isEmpty() && !checker.complete()) {
      world.violation("not every mailbox could be read in the end");
    }
  }

  private Report report() {
    int sent = 0;
    int promised = 0;
    for (Ledger.Account account : world.ledger().accounts().values()) {
      sent += account.sent();
      promised += account.promised();
    }
    int outrun = world.nodes().stream().mapToInt(node -> node.watch().outrunCount()).sum();
    Counts counts = new Counts(world.ledger().accounts().size(), sent, promised, outrun);
    Report.Sends sends = traffic.sends();
    return new Report(
        new Report.Run(setting.seed(), world.trace().hash(), world.trace().events()),
        counts,
        sends,
        world.boundaries().crossed(),
        world.violations());
  }
}
