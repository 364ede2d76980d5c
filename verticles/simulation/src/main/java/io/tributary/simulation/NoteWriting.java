package io.tributary.simulation;

import io.tributary.codecs.message.ClientId;
import java.util.ArrayList;
import java.util.List;

/** Thinks of notes: to one, to two, to all, to oneself; at times two under one id. */
final class NoteWriting {
  private final Chance chance;
  private final List<SimulatedUser> users;
  private int written;

  NoteWriting(World world) {
    this.chance = world.chance();
    this.users = world.users();
  }

  /**
   * @param device one of that user's
   */
  Note next(SimulatedUser sender, String device) {
    ClientId client = new ClientId(device, "id" + written);
    List<SimulatedUser> to = recipients(sender);
    return new Note(sender, client, to, chance.happens(0.1), text());
  }

  /** Something else under the same id. */
  Note rivalOf(Note note) {
    List<SimulatedUser> to = chance.happens(0.5) ? note.to() : recipients(note.sender());
    return new Note(note.sender(), note.client(), to, note.outside(), text());
  }

  private String text() {
    return "note-" + written++ + ".";
  }

  private List<SimulatedUser> recipients(SimulatedUser sender) {
    List<SimulatedUser> others = new ArrayList<>(users);
    others.remove(sender);
    if (others.isEmpty() || chance.happens(0.1)) {
      return List.of(sender);
    }
    int most = chance.happens(0.6) ? 1 : others.size();
    while (others.size() > most) {
      others.remove(chance.between(0, others.size() - 1));
    }
    if (chance.happens(0.1)) {
      others.add(sender);
    }
    return others;
  }
}
