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
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Drills on one installation, one after the other. */
final class DrillRun implements AutoCloseable {
  private static final int PEOPLE_MAX_TIMES = 4;
  private static final Duration FIRST_MAX = Duration.ofSeconds(60);
  private static final Duration LIVE_MAX = Duration.ofSeconds(60);
  private static final Duration OWED_MAX = Duration.ofSeconds(90);
  private static final Duration AFTER = Duration.ofSeconds(3);

  private final Installation installation;
  private final Target target;
  private final Plan plan;
  private final PrintWriter progress;
  private final Api api;

  /**
   * What is the same in all drills.
   *
   * @param users how many are written to
   * @param before how long under load before anything is done
   */
  record Plan(int users, Duration before, Stage.Limits limits) {}

  DrillRun(Installation installation, Plan plan, PrintWriter progress) {
    this.installation = installation;
    this.target = installation.target();
    this.plan = plan;
    this.progress = progress;
    this.api = new Api(target.faces().grpc(), target.operatorToken());
  }

  /** One drill; what goes wrong becomes part of the row. */
  Row run(Drill drill) {
    try {
      if (drill.guest()) {
        say(drill.name() + ": one more node");
        try (Guest guest = Guest.start(installation, target.nodes().get(0))) {
          return run(drill, Optional.of(guest));
        }
      }
      return run(drill, Optional.empty());
    } catch (Exception broken) {
      return Row.broken(drill.name(), broken);
    }
  }

  private Row run(Drill drill, Optional<Guest> guest) throws Exception {
    List<Target.Node> nodes = new ArrayList<>(target.nodes());
    guest.map(Guest::node).ifPresent(nodes::add);
    nodes.forEach(new Processes(installation)::awaitReady);
    try (Locator locator = new Locator(installation, nodes, target.operatorToken())) {
      say(drill.name() + ": users and listeners");
      List<Person> people = people(nodes, locator);
      try (Load load =
          new Load(target, nodes, people.stream().map(Person::user).toList(), marker())) {
        return run(drill, new Stage.Cast(nodes, people, locator, guest), load);
      }
    }
  }

  /** More than planned if that is needed for each node to serve somebody. */
  private List<Person> people(List<Target.Node> nodes, Locator locator) {
    String first = nodes.get(0).name();
    int most = PEOPLE_MAX_TIMES * plan.users();
    for (int count = plan.users(); ; count += 2) {
      List<Person> people =
          new Users(api)
              .take(count, target.users()).stream()
                  .map(user -> locator.locate(first, user))
                  .toList();
      Set<String> busy = people.stream().map(Person::node).collect(Collectors.toSet());
      if (count >= most || nodes.stream().allMatch(node -> busy.contains(node.name()))) {
        return people;
      }
    }
  }

  private static Marker marker() {
    return new Marker(Long.toString(System.currentTimeMillis(), 36));
  }

  private Row run(Drill drill, Stage.Cast cast, Load load) throws Exception {
    long began = System.nanoTime();
    awaitAllServed(cast, load, began);
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
                    installation, new Processes(installation), cast, load, before, plan.limits()));
    Stage.watch(AFTER);
    Span whole = new Span(calm, System.nanoTime());
    say(drill.name() + ": senders finish, audit");
    boolean finished = load.finish();
    return row(drill, cast, load, whole, claims(claims, finished));
  }

  private static void awaitAllServed(Stage.Cast cast, Load load, long began) {
    Await.until(
        FIRST_MAX,
        () ->
            cast.people().stream()
                .allMatch(
                    person -> load.book().acknowledgedNanos(person.name(), began).isPresent()));
  }

  private static List<Claim> claims(Supplier<List<Claim>> shown, boolean finished) {
    List<Claim> claims = new ArrayList<>(shown.get());
    claims.add(Claim.that(finished, "every sender came to an acknowledgement"));
    return claims;
  }

  private Row row(Drill drill, Stage.Cast cast, Load load, Span whole, List<Claim> claims) {
    List<LoadUser> users = cast.people().stream().map(Person::user).toList();
    List<String> names = users.stream().map(LoadUser::name).toList();
    users.forEach(this::awaitNothingOwed);
    awaitLive(load);
    Audit audit = Audit.of(load.ledger(), new Mailboxes(api).sightings(load.marker(), users));
    return new Row(
        drill.name(),
        Row.Findings.of(audit, load.live()),
        Outages.of(names, load.book().of(names, whole), whole),
        Book.errors(load.book().all(), attempt -> true),
        claims,
        Row.faults(audit, load.live(), load.book(), claims));
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
    api.close();
  }
}
