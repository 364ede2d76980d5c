package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Mailboxes;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.api.Users;
import io.tributary.loadtests.audit.Audit;
import io.tributary.loadtests.audit.Marker;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Drills on one installation, one after the other. */
final class DrillRun implements AutoCloseable {
  private static final Duration FIRST_MAX = Duration.ofSeconds(60);
  private static final Duration LIVE_MAX = Duration.ofSeconds(60);
  private static final Duration OWED_MAX = Duration.ofSeconds(90);
  private static final Duration AFTER = Duration.ofSeconds(3);

  private final Installation installation;
  private final Target target;
  private final Plan plan;
  private final PrintWriter progress;
  private final Locator locator;
  private final Api api;
  private final List<LoadUser> users;

  /**
   * What is the same in all drills.
   *
   * @param users how many are written to
   * @param before how long under load before anything is done
   */
  record Plan(int users, Duration before, Stage.Limits limits) {}

  DrillRun(Installation installation, Plan plan, PrintWriter progress) throws IOException {
    this.installation = installation;
    this.target = installation.target();
    this.plan = plan;
    this.progress = progress;
    this.locator = new Locator(installation, target);
    this.api = locator.api(target.nodes().get(0).name());
    this.users = new Users(api).take(plan.users(), target.users());
  }

  /** One drill; what goes wrong becomes part of the row. */
  Row run(Drill drill) {
    say(drill.name() + ": users and listeners");
    try (Load load = new Load(target, target.nodes(), users, marker())) {
      return run(drill, load);
    } catch (Exception broken) {
      return Row.broken(drill.name(), broken);
    }
  }

  private static Marker marker() {
    return new Marker(Long.toString(System.currentTimeMillis(), 36));
  }

  private Row run(Drill drill, Load load) throws Exception {
    long began = System.nanoTime();
    awaitAllServed(load, began);
    say(drill.name() + ": " + plan.before().toSeconds() + " s of load");
    long calm = System.nanoTime();
    Stage.watch(plan.before());
    Span before = new Span(calm, System.nanoTime());
    say(drill.name() + ": now it happens");
    Supplier<List<Claim>> claims =
        drill
            .harm()
            .happen(
                new Stage(
                    installation,
                    new Processes(installation),
                    cast(),
                    load,
                    before,
                    plan.limits()));
    Stage.watch(AFTER);
    Span whole = new Span(calm, System.nanoTime());
    say(drill.name() + ": senders finish, audit");
    boolean finished = load.finish();
    return row(drill, load, whole, claims, finished);
  }

  private void awaitAllServed(Load load, long began) {
    Await.until(
        FIRST_MAX,
        () ->
            users.stream()
                .allMatch(user -> load.book().acknowledgedNanos(user.name(), began).isPresent()));
  }

  private Stage.Cast cast() {
    String first = target.nodes().get(0).name();
    return new Stage.Cast(
        target, users.stream().map(user -> locator.locate(first, user)).toList(), locator);
  }

  private Row row(
      Drill drill, Load load, Span whole, Supplier<List<Claim>> claims, boolean finished) {
    users.forEach(this::awaitNothingOwed);
    awaitLive(load);
    Audit audit = Audit.of(load.ledger(), new Mailboxes(api).sightings(load.marker(), users));
    List<String> names = users.stream().map(LoadUser::name).toList();
    List<Claim> found = new ArrayList<>(claims.get());
    found.add(Claim.that(finished, "every sender came to an acknowledgement"));
    return new Row(
        drill.name(),
        Row.Findings.of(audit, load.live()),
        Outages.of(names, load.book().of(names, whole), whole),
        Book.errors(load.book().all(), attempt -> true),
        found,
        Row.faults(audit, load.live(), load.book(), found));
  }

  private void awaitNothingOwed(LoadUser user) {
    GetMailboxRequest request = GetMailboxRequest.newBuilder().setUser(user.name()).build();
    Await.until(
        OWED_MAX, () -> api.call(MailboxServiceGrpcClient.GetMailbox, request).getOwed() == 0);
  }

  /** What does not come in time is a fault that the book of the listeners names. */
  private static void awaitLive(Load load) {
    try {
      Await.until(LIVE_MAX, load.live()::isComplete);
    } catch (IllegalStateException incomplete) {
      // named by LiveBook.faults
    }
  }

  private void say(String words) {
    progress.println(words);
    progress.flush();
  }

  @Override
  public void close() {
    locator.close();
  }
}
