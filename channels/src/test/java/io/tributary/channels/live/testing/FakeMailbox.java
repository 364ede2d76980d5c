package io.tributary.channels.live.testing;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A log of events. Each commit is one entry; an entry may hold actions that are no events. */
public final class FakeMailbox {
  private final UserId user;
  private final List<LiveEvent> events = new ArrayList<>();
  private Position head = Position.of(1, 0);
  private long entries = 1;

  public FakeMailbox(UserId user) {
    this.user = user;
  }

  public UserId user() {
    return user;
  }

  public Position head() {
    return head;
  }

  /** Oldest first. */
  public List<LiveEvent> events() {
    return List.copyOf(events);
  }

  /** Commits one entry with an event for each function, made of its position. */
  public LiveBatch commit(List<Function<Position, LiveEvent>> makers) {
    entries++;
    List<LiveEvent> fresh = new ArrayList<>();
    for (int index = 0; index < makers.size(); index++) {
      fresh.add(makers.get(index).apply(Position.of(entries, index)));
    }
    Position after = head;
    head = Position.of(entries, Math.max(0, makers.size() - 1));
    events.addAll(fresh);
    return new LiveBatch(user, after, head, fresh);
  }

  public LiveBatch arrive(String text) {
    return commit(List.of(position -> new LiveEvent.Arrived(message(position, text))));
  }

  public LiveBatch sent(String text, ClientId client) {
    return commit(List.of(position -> new LiveEvent.Sent(message(position, text), client)));
  }

  /** An entry without any event. */
  public LiveBatch silent() {
    return commit(List.of());
  }

  public MessageView message(Position position, String text) {
    return new MessageView(
        new MessageId(user, position),
        new MessageId(user, Position.of(1, 0)),
        position,
        Channel.CHAT,
        Address.parse("chat:bob"),
        List.of(Address.parse("chat:alice")),
        "",
        text,
        1_000_000,
        true,
        List.of(),
        MessageView.Marks.NONE);
  }

  /** As a mailbox reads: at most {@code max} actions. */
  public EventPage page(Position since, int max) {
    List<LiveEvent> found =
        events.stream().filter(event -> event.position().compareTo(since) > 0).limit(max).toList();
    Optional<LiveEvent> newest =
        events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    boolean all =
        found.isEmpty() || newest.isPresent() && found.get(found.size() - 1).equals(newest.get());
    return new EventPage(found, all ? head : found.get(found.size() - 1).position(), head);
  }
}
