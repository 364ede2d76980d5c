package io.tributary.simulation;

import io.tributary.codecs.message.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's installation that listens, and sends if it chats. It keeps how far it was told and what
 * it has sent without an answer, and after each lost connection comes back with that, to any node.
 * What it is told is compared with the log at once.
 */
final class Device {
  private static final long PAUSE_MICROS_MAX = 5 * VirtualTime.SECOND;
  private static final long SILENCE_MICROS_MAX = 20 * VirtualTime.SECOND;

  private final World world;
  private final SimulatedUser user;
  private final String name;
  private Optional<Position> last;
  private final boolean chats;
  private final Map<String, Note> unanswered = new LinkedHashMap<>();
  private @Nullable DeviceLink link;
  private boolean welcome;
  private long heard;

  Device(World world, SimulatedUser user, String name) {
    this.world = world;
    this.user = user;
    this.name = name;
    this.chats = world.chance().happens(0.6);
    this.last = world.chance().happens(0.5) ? Optional.of(Position.START) : Optional.empty();
  }

  /** Comes, and comes back for ever. */
  void connect() {
    SimulatedNode node = world.chance().oneOf(world.nodes());
    Optional<? extends DeviceLink> opened = chats ? node.chat(this) : node.watch(this);
    if (opened.isEmpty()) {
      world.time().after(pause(), this::connect);
      return;
    }
    link = opened.get();
    link.open(last);
    awaitNews(heard);
  }

  private void awaitNews(long heardBefore) {
    DeviceLink listening = link;
    world
        .time()
        .after(
            SILENCE_MICROS_MAX,
            () -> {
              if (listening != null && listening == link) {
                if (heard == heardBefore) {
                  listening.breakDown();
                } else {
                  awaitNews(heard);
                }
              }
            });
  }

  private long pause() {
    return world.chance().between(VirtualTime.MILLISECOND, PAUSE_MICROS_MAX);
  }

  SimulatedUser user() {
    return user;
  }

  String name() {
    return name;
  }

  boolean chats() {
    return chats;
  }

  /** Whether all that it sent was answered. */
  boolean idle() {
    return unanswered.isEmpty();
  }

  /** Now, and again with each connection, until it is answered. */
  void send(Note note) {
    unanswered.put(note.client().id(), note);
    say(note);
  }

  private void say(Note note) {
    if (welcome && link != null && unanswered.containsValue(note)) {
      link.say(note);
    }
  }

  /** Whether it was told all that is in the log. */
  boolean upToDate() {
    return link != null && last.equals(Optional.of(tale().head()));
  }

  void lost(DeviceLink gone) {
    if (gone == link) {
      link = null;
      welcome = false;
      world.time().after(pause(), this::connect);
    }
  }

  void began(Position head) {
    heard++;
    world.trace().note(this + " began at " + head);
    if (last.isEmpty()) {
      requireInLog(head);
      last = Optional.of(head);
    }
    welcome = true;
    List.copyOf(unanswered.values()).forEach(this::say);
  }

  /** A message of this device is in the log; told in its place, or later. */
  void sent(String id, Position position) {
    Note note = unanswered.remove(id);
    if (note != null) {
      check(note, position);
    }
    if (position.compareTo(last.orElseThrow()) > 0) {
      happened(position);
    }
  }

  private void check(Note note, Position position) {
    boolean there =
        tale().sent(position).filter(sending -> sending.text().equals(note.text())).isPresent();
    if (there) {
      world.notes().promise(note, position);
    } else if (world.notes().isRivalled(note)) {
      world.trace().note(note + " was outrun by its rival");
    } else {
      wrong("was told that " + note + " is at " + position + ", where it is not");
    }
  }

  /** A message was not sent, or not surely. */
  void failed(Optional<String> id, String code, boolean retry) {
    Note note = id.map(unanswered::get).orElse(null);
    if (note == null) {
      return;
    }
    if (retry) {
      world.time().after(pause(), () -> say(note));
    } else if (code.equals("id_reused")) {
      unanswered.remove(note.client().id());
      world.notes().refuse(note);
    } else {
      wrong("was refused " + note + ": " + code);
    }
  }

  void happened(Position position) {
    heard++;
    world.trace().note(this + " told " + position);
    Position before = last.orElseThrow();
    Optional<Position> expected = tale().between(before, position);
    if (position.compareTo(before) <= 0) {
      wrong("was told " + position + " again, after " + before);
    } else if (expected.isEmpty()) {
      wrong("was told " + position + ", which is nothing");
    } else if (!expected.get().equals(position)) {
      wrong("was told " + position + " without " + expected.get());
    }
    last = Optional.of(position);
  }

  void head(Position head) {
    heard++;
    Position before = last.orElseThrow();
    tale()
        .between(before, head)
        .ifPresent(missing -> wrong("was told the head " + head + " without " + missing));
    if (head.compareTo(before) < 0) {
      wrong("was told the head " + head + " after " + before);
    }
    requireInLog(head);
    last = Optional.of(head);
  }

  /** It was too slow; or the server knows less than it does, and begins again. */
  void missed(Position from, Position to) {
    heard++;
    world.trace().note(this + " missed " + from + " to " + to);
    if (!from.equals(Position.START)) {
      tale()
          .between(last.orElseThrow(), from)
          .ifPresent(missing -> wrong("was told a gap from " + from + " without " + missing));
    }
    requireInLog(to);
    last = Optional.of(to);
  }

  private void requireInLog(Position position) {
    if (position.compareTo(tale().head()) > 0) {
      wrong("was told " + position + ", but the log ends at " + tale().head());
    }
  }

  private Tale tale() {
    return world.watch().tale(user.id());
  }

  private void wrong(String what) {
    world.violation(this + " " + what);
  }

  @Override
  public String toString() {
    return name + (chats ? ", chatting," : "") + " of " + user.name() + " at " + last;
  }
}
