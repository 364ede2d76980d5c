package io.tributary.simulation;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.codecs.message.SmsStatus.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one log says of marks, contacts and reports, told by nobody's code but the simulator's. */
final class TaleMarks {
  private static final List<State> RISING =
      List.of(State.QUEUED, State.SENT, State.FAILED, State.DELIVERED, State.READ);

  private final Set<Bytes> requests = new HashSet<>();
  private final List<Position> threads = new ArrayList<>();
  private final Map<Position, Set<String>> flags = new TreeMap<>();
  private final Map<String, Position> flaggedAt = new HashMap<>();
  private final Map<Position, Position> readUpTo = new HashMap<>();
  private final Map<Position, String> contacts = new HashMap<>();
  private final Map<String, State> reports = new TreeMap<>();

  /** Whether it is the first action with that key. */
  boolean ask(Bytes key) {
    return requests.add(key);
  }

  void tell(Position position, Action action) {
    if (action instanceof Action.OfMessage message && message.thread().isEmpty()) {
      threads.add(position);
    } else if (action instanceof Action.Modified modified) {
      modified.edits().forEach(edit -> edit(position, edit));
    } else if (action instanceof Action.Read read) {
      readUpTo.merge(read.thread(), read.upTo(), TaleMarks::later);
    } else if (action instanceof Action.ContactSet contact) {
      contacts.put(position, contact.name());
    } else if (action instanceof Action.SmsStatusNoted noted) {
      report(noted.status());
    }
  }

  private void edit(Position position, MarkEdit edit) {
    Set<String> now = flags.computeIfAbsent(edit.subject().position(), subject -> new TreeSet<>());
    edit.addFlags().forEach(flag -> flaggedAt.put(flag, position));
    now.addAll(edit.addFlags());
    edit.removeFlags().forEach(now::remove);
  }

  private void report(SmsStatus status) {
    reports.merge(
        status.messageId(),
        status.state(),
        (one, other) -> RISING.indexOf(one) > RISING.indexOf(other) ? one : other);
  }

  private static Position later(Position one, Position other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** First positions of the threads, oldest first. */
  List<Position> threads() {
    return List.copyOf(threads);
  }

  List<String> flags(Position thread) {
    return List.copyOf(flags.getOrDefault(thread, Set.of()));
  }

  /** Which action set a flag that is set once. */
  Optional<Position> flaggedAt(String flag) {
    return Optional.ofNullable(flaggedAt.get(flag));
  }

  boolean isFlagged(Position thread, String flag) {
    return flags.getOrDefault(thread, Set.of()).contains(flag);
  }

  Position readUpTo(Position thread) {
    return readUpTo.getOrDefault(thread, Position.START);
  }

  /** Name of the contact that the action at that position added or changed. */
  Optional<String> contactAt(Position position) {
    return Optional.ofNullable(contacts.get(position));
  }

  /** Whether the log says as much of that SMS, or more. */
  boolean tells(String sms, State state) {
    State known = reports.get(sms);
    return known != null && RISING.indexOf(known) >= RISING.indexOf(state);
  }

  /** By the id of the SMS, how far it is. */
  Map<String, State> reports() {
    return Map.copyOf(reports);
  }
}
