package io.tributary.simulation;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one log says so far, told by nobody's code but the simulator's. */
final class Tale {
  /** A sent message. */
  record Sending(Position position, String text, List<Action.Addressee> recipients) {
    Sending {
      recipients = List.copyOf(recipients);
    }
  }

  private final UserId user;
  private final NavigableSet<Position> events = new TreeSet<>();
  private final Map<ClientId, Sending> byClient = new HashMap<>();
  private final Map<Position, Sending> byPosition = new HashMap<>();
  private final Set<Origin> copies = new HashSet<>();
  private final Map<UserId, Position> newestOf = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final TreeMap<Position, Set<Integer>> owed = new TreeMap<>();
  private final TaleMarks marks = new TaleMarks();
  private long entry;
  private Position head = Position.START;

  Tale(UserId user) {
    this.user = user;
  }

  /** What it says beside messages. */
  TaleMarks marks() {
    return marks;
  }

  /** Number of the newest entry. */
  long entry() {
    return entry;
  }

  /** Position of the newest action. */
  Position head() {
    return head;
  }

  void reach(Position newest) {
    entry = newest.entry();
    head = newest;
  }

  /** Something that sessions are told. */
  void happen(Position position) {
    events.add(position);
  }

  /** The first thing behind one position, up to and with another. */
  Optional<Position> between(Position behind, Position upTo) {
    return Optional.ofNullable(events.higher(behind)).filter(next -> next.compareTo(upTo) <= 0);
  }

  void send(ClientId client, Sending sending) {
    byClient.put(client, sending);
    byPosition.put(sending.position, sending);
    for (int index = 0; index < sending.recipients.size(); index++) {
      if (!sending.recipients.get(index).user().equals(Optional.of(user))) {
        owed.computeIfAbsent(sending.position, unused -> new TreeSet<>()).add(index);
      }
    }
  }

  Optional<Sending> sent(ClientId client) {
    return Optional.ofNullable(byClient.get(client));
  }

  Optional<Sending> sent(Position position) {
    return Optional.ofNullable(byPosition.get(position));
  }

  /** Whether it was owed. */
  boolean settle(Position message, int recipient) {
    Set<Integer> open = owed.getOrDefault(message, new HashSet<>());
    boolean was = open.remove(recipient);
    if (open.isEmpty()) {
      owed.remove(message);
    }
    return was;
  }

  /** Whether any recipient is owed, here or elsewhere. */
  boolean owes() {
    return !owed.isEmpty();
  }

  /** Whether a recipient with a mailbox here is owed. */
  boolean owesHere() {
    return owed.entrySet().stream().anyMatch(each -> owesHere(each.getKey(), each.getValue()));
  }

  private boolean owesHere(Position message, Set<Integer> open) {
    return sent(message).stream()
        .flatMap(sending -> open.stream().map(sending.recipients::get))
        .anyMatch(recipient -> recipient.user().isPresent());
  }

  /** Whether it is the first copy of this message. */
  boolean copy(Origin origin) {
    newestOf.merge(
        origin.sender(), origin.position(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    return copies.add(origin);
  }

  int copyCount() {
    return copies.size();
  }

  boolean holdsCopy(Origin origin) {
    return copies.contains(origin);
  }

  /** The newest message of that sender that has arrived. */
  Position newestOf(UserId sender) {
    return newestOf.getOrDefault(sender, Position.START);
  }

  /** Whether it is the first message with that text. */
  boolean arrive(String text) {
    return texts.add(text);
  }

  boolean holdsText(String text) {
    return texts.contains(text);
  }

  @Override
  public String toString() {
    return "user " + user + " at entry " + entry + (owes() ? " owes " + owed : "");
  }
}
