package io.tributary.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All SMS, and for which of them a 204 was heard. */
final class ShortMessages {
  private static final List<String> NUMBERS = List.of("+12025550177", "+12025550178");

  private final World world;
  private final Map<String, ShortMessage> byText = new LinkedHashMap<>();
  private final Set<ShortMessage> promised = new LinkedHashSet<>();

  ShortMessages(World world) {
    this.world = world;
  }

  ShortMessage next() {
    int number = byText.size();
    ShortMessage message =
        new ShortMessage(
            "SM" + number,
            world.chance().oneOf(NUMBERS),
            world.chance().oneOf(world.users()),
            "sms-" + number + ".");
    byText.put(message.text(), message);
    return message;
  }

  Optional<ShortMessage> withText(String text) {
    return Optional.ofNullable(byText.get(text));
  }

  /** A 204 left the server: then it is in the log. */
  void answered(ShortMessage message) {
    if (!world.watch().tale(message.to().id()).holdsText(message.text())) {
      world.violation(message + " was answered 204, but the log does not hold it");
    }
  }

  void promise(ShortMessage message) {
    promised.add(message);
  }

  /** Those for that user that their provider knows to be stored. */
  List<ShortMessage> promisedTo(SimulatedUser user) {
    return promised.stream().filter(message -> message.to().equals(user)).toList();
  }
}
