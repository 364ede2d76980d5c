package io.tributary.simulation;

import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.LiveEvent.Arrived;
import io.tributary.codecs.live.LiveEvent.Sent;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;

/** What a session was told must be what a full replay of the log tells. */
final class SessionChecker {
  private static final int PAGE = 256;

  private final World world;

  SessionChecker(World world) {
    this.world = world;
  }

  void check(SimulatedSession session) {
    List<Object> told = session.told().stream().map(SessionChecker::unmarked).toList();
    if (!told.equals(replayed(session.user()))) {
      world.violation("a session of " + session.user().address() + " was told something else");
    }
  }

  private List<Object> replayed(SimulatedUser user) {
    List<Object> events = new ArrayList<>();
    Position upTo = Position.START;
    EventPage page;
    do {
      page = StateChecker.found(StateChecker.replaying(world).events(user.mailbox(), upTo, PAGE));
      page.events().forEach(event -> events.add(unmarked(event)));
      upTo = page.upTo();
    } while (!upTo.equals(page.head()));
    return events;
  }

  /** Marks change later. */
  private static Object unmarked(LiveEvent event) {
    if (event instanceof Arrived arrived) {
      return unmarked(arrived.message());
    }
    return event instanceof Sent sent ? List.of(sent.client(), unmarked(sent.message())) : event;
  }

  private static Object unmarked(MessageView view) {
    return List.of(view.id(), view.thread(), view.from(), view.to(), view.text());
  }
}
