package io.tributary.simulation;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.CommandOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users send, and what they were told of it. */
final class NoteBook {
  /** By what a request is known. */
  record Name(UserId sender, ClientId client) {}

  private final World world;
  private final Map<String, Note> byText = new LinkedHashMap<>();
  private final Map<Name, Map<Note, Position>> promised = new LinkedHashMap<>();

  NoteBook(World world) {
    this.world = world;
  }

  void write(Note note) {
    byText.put(note.text(), note);
  }

  Optional<Note> withText(String text) {
    return Optional.ofNullable(byText.get(text));
  }

  List<Note> all() {
    return List.copyOf(byText.values());
  }

  /** The sender was told that it is in the log there. */
  void promise(Note note, Position position) {
    Map<Note, Position> told = toldOf(note);
    Position before = told.putIfAbsent(note, position);
    if (before != null && !before.equals(position)) {
      world.violation(note + " was answered with " + before + " and with " + position);
    }
    if (told.size() > 1) {
      world.violation("two messages were promised under one id: " + told.keySet());
    }
  }

  /** What a node answers must be so in the log at that moment. */
  void check(Note note, CommandOutcome outcome) {
    Optional<Tale.Sending> sent = world.watch().tale(note.sender().id()).sent(note.client());
    if (outcome instanceof CommandOutcome.Done done) {
      boolean there =
          sent.filter(sending -> sending.text().equals(note.text()))
              .filter(sending -> sending.position().equals(done.position()))
              .isPresent();
      if (!there) {
        world.violation(note + " was answered " + done + ", but the log does not hold it there");
      }
    } else if (outcome instanceof CommandOutcome.IdReused) {
      boolean other = sent.filter(sending -> !sending.text().equals(note.text())).isPresent();
      if (!other) {
        world.violation(note + " was refused, but nothing else has its id");
      }
    }
  }

  boolean isPromised(Note note) {
    return toldOf(note).containsKey(note);
  }

  /** The sender was told that the id stands for something else. */
  void refuse(Note note) {
    if (isPromised(note)) {
      world.violation(note + " was promised and then refused");
    }
    if (!isRivalled(note)) {
      world.violation(note + " was refused, but its id was used once only");
    }
  }

  /** Whether another has its id. */
  boolean isRivalled(Note note) {
    return byText.values().stream()
        .anyMatch(other -> !other.equals(note) && nameOf(other).equals(nameOf(note)));
  }

  /** What that user's devices know to be in the log. */
  List<Note> promisedBy(SimulatedUser user) {
    List<Note> notes = new ArrayList<>();
    promised.forEach(
        (name, told) -> {
          if (name.sender.equals(user.id())) {
            notes.addAll(told.keySet());
          }
        });
    return notes;
  }

  int promisedCount() {
    return promised.values().stream().mapToInt(Map::size).sum();
  }

  private Map<Note, Position> toldOf(Note note) {
    return promised.computeIfAbsent(nameOf(note), name -> new LinkedHashMap<>());
  }

  private static Name nameOf(Note note) {
    return new Name(note.sender().id(), note.client());
  }
}
