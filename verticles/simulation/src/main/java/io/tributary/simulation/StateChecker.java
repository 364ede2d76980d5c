package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.mailbox.ThreadView;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every node shows must be what a full replay of the log shows. */
final class StateChecker {
  private final World world;
  private final MailboxReader reader;
  private int answered;

  StateChecker(World world, MailboxReader reader) {
    this.world = world;
    this.reader = reader;
  }

  /** Asks every node for every mailbox. */
  void begin() {
    for (SimulatedNode node : world.nodes()) {
      for (SimulatedUser user : world.users()) {
        compareThreads(node, user);
        compareMessages(node, user);
      }
    }
  }

  /** Whether all answers were had. */
  boolean complete() {
    return answered == 3 * world.nodes().size() * world.users().size();
  }

  private void compareMessages(SimulatedNode node, SimulatedUser user) {
    reader.list(
        node,
        user,
        Freshness.LATEST,
        messages -> {
          MailboxShard replaying = replaying();
          List<Object> replayed = new ArrayList<>();
          Optional<String> token = Optional.empty();
          do {
            var page =
                found(
                    replaying.listMessages(
                        user.mailbox(),
                        Optional.empty(),
                        MailboxReader.WITH_DELETED,
                        new PageRequest(PageRequest.SIZE_MAX, token),
                        Freshness.COMMITTED));
            replayed.addAll(page.items());
            token = page.nextToken();
          } while (token.isPresent());
          compare("messages", user, messages, replayed);
        });
  }

  private void compareThreads(SimulatedNode node, SimulatedUser user) {
    PageRequest all = PageRequest.first(PageRequest.SIZE_MAX);
    node.<Page<ThreadView>>read(
        user,
        new MailboxRequest.ListThreads(user.mailbox(), ThreadFilter.ALL, all, Freshness.LATEST),
        outcome -> {
          compare(
              "threads",
              user,
              List.of(outcome),
              List.of(
                  new ReadOutcome.Found<>(
                      found(replaying().listThreads(user.mailbox(), all, Freshness.COMMITTED)))));
          if (outcome instanceof ReadOutcome.Found<Page<ThreadView>> threads) {
            threads.value().items().forEach(thread -> checkMarks(user, thread));
          }
          compareFigures(node, user);
        });
  }

  /** Against what the simulator itself read in the log. */
  private void checkMarks(SimulatedUser user, ThreadView thread) {
    TaleMarks marks = world.watch().tale(user.id()).marks();
    Position first = thread.id().position();
    boolean flagged = marks.flags(first).equals(thread.marks().flags());
    if (!flagged || !marks.readUpTo(first).equals(thread.marks().readUpTo())) {
      world.violation(thread.id() + " is shown marked " + thread.marks());
    }
  }

  /** The node has just read the latest state, and nobody changes it any more. */
  private void compareFigures(SimulatedNode node, SimulatedUser user) {
    node.<MailboxStats>read(
        user,
        new MailboxRequest.Stats(user.mailbox()),
        outcome -> {
          compare(
              "figures",
              user,
              List.of(outcome),
              List.of(new ReadOutcome.Found<>(found(replaying().stats(user.mailbox())))));
          if (outcome instanceof ReadOutcome.Found<MailboxStats> stats) {
            checkReports(user, stats.value());
          }
        });
  }

  private void checkReports(SimulatedUser user, MailboxStats stats) {
    Map<String, SmsStatus.State> shown = new HashMap<>();
    stats.smsStatuses().forEach(status -> shown.put(status.messageId(), status.state()));
    if (!shown.equals(world.watch().tale(user.id()).marks().reports())) {
      world.violation(user.name() + " is shown reports " + shown);
    }
  }

  private void compare(
      String what, SimulatedUser user, List<? extends Object> shown, List<Object> replayed) {
    answered++;
    if (!shown.equals(replayed)) {
      world.violation(what + " of " + user.address() + " are not what replay gives");
    }
  }

  /** A shard that begins with nothing and reads without trouble. */
  private MailboxShard replaying() {
    Life life = new Life(world.time(), 0);
    Stamps stamps = new Stamps(new Incarnation(0, 0));
    return new MailboxShard(
        MailboxLinks.withoutOutbox(world.logs()),
        new MailboxEnvironment(life, life.clock(), stamps, world.chance().random()),
        MailboxLimits.DEFAULT,
        MailboxObserver.NONE);
  }

  private static <T> T found(Single<ReadOutcome<T>> read) {
    List<T> values = new ArrayList<>();
    var unused =
        read.subscribe(
            outcome -> {
              if (outcome instanceof ReadOutcome.Found<T> found) {
                values.add(found.value());
              }
            });
    if (values.isEmpty()) {
      throw new IllegalStateException("the log can't be replayed");
    }
    return values.get(0);
  }
}
