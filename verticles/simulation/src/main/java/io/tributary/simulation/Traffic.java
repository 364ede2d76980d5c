package io.tributary.simulation;

import io.tributary.codecs.message.SmsStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Users who send and listen, and SMS that come in. */
final class Traffic {
  private static final long REPORT_MICROS_MAX = 3 * VirtualTime.SECOND;
  private static final long HASTE_MICROS_MAX = VirtualTime.SECOND;

  private final World world;
  private final MailboxReader reader;
  private final NoteSender sender;
  private final SmsGateway gateway;
  private final Housekeeping housekeeping;
  private final List<Device> devices = new ArrayList<>();

  Traffic(World world, MailboxReader reader) {
    this.world = world;
    this.reader = reader;
    this.sender = new NoteSender(world);
    this.gateway = new SmsGateway(world);
    this.housekeeping = new Housekeeping(world);
  }

  /** All begin within that time. */
  void begin(long troubleMicros) {
    for (SimulatedUser user : world.users()) {
      for (int number = 0; number < world.scale().devices(); number++) {
        Device device = new Device(world, user, "device" + number);
        devices.add(device);
        world.time().after(moment(troubleMicros / 2), device::connect);
      }
    }
    writeNotes(troubleMicros);
    report(troubleMicros);
    keepHouse(troubleMicros);
    for (int number = 0; number < world.scale().shortMessages(); number++) {
      ShortMessage message = world.texts().next();
      long at = moment(troubleMicros);
      world.time().after(at, () -> gateway.send(message));
      reader.lookSoon(at, message.to());
    }
  }

  /** Each SMS is reported on several times, in any order. */
  private void report(long troubleMicros) {
    List<SmsStatus.State> states = List.of(SmsStatus.State.values());
    for (int number = 0; number < world.scale().reports(); number++) {
      SimulatedUser user = world.chance().oneOf(world.users());
      String id = "OUT" + number;
      long at = moment(troubleMicros);
      for (int report = world.chance().between(1, 6); report > 0; report--) {
        SmsNews news = new SmsNews(id, user, world.chance().oneOf(states));
        world.time().after(at + moment(REPORT_MICROS_MAX), () -> gateway.send(news));
      }
    }
  }

  /** Now and then, or one after the other in haste. */
  private void writeNotes(long troubleMicros) {
    NoteWriting writing = new NoteWriting(world);
    SimulatedUser user = world.chance().oneOf(world.users());
    long at = moment(troubleMicros);
    for (int number = 0; number < world.scale().notes(); number++) {
      if (world.chance().happens(world.scale().haste())) {
        at += moment(HASTE_MICROS_MAX);
      } else {
        user = world.chance().oneOf(world.users());
        at = moment(troubleMicros);
      }
      Note note = writing.next(user, "device" + world.chance().between(0, 1));
      sendAfter(at, note);
      if (world.chance().happens(0.08)) {
        sendAfter(moment(troubleMicros), writing.rivalOf(note));
      }
    }
  }

  private long moment(long micros) {
    return world.chance().between(0, micros);
  }

  private void sendAfter(long micros, Note note) {
    world.notes().write(note);
    world.time().after(micros, () -> send(note));
    reader.lookSoon(micros, note.sender());
  }

  /** By the device that it names, if that chats; else by API. */
  private void send(Note note) {
    Optional<Device> chatting =
        devices.stream()
            .filter(Device::chats)
            .filter(device -> device.user().equals(note.sender()))
            .filter(device -> device.name().equals(note.client().device()))
            .findFirst();
    if (chatting.isPresent() && world.chance().happens(0.8)) {
      chatting.get().send(note);
    } else {
      sender.send(note);
    }
  }

  private void keepHouse(long troubleMicros) {
    for (int number = 0; number < world.scale().errands(); number++) {
      world.time().after(moment(troubleMicros), housekeeping::begin);
    }
  }

  /** Whether all has come about that has to. */
  boolean settled() {
    return sender.idle()
        && gateway.idle()
        && housekeeping.idle()
        && devices.stream().allMatch(device -> device.idle() && device.upToDate())
        && world.users().stream().noneMatch(this::owes);
  }

  private boolean owes(SimulatedUser user) {
    Tale tale = world.watch().tale(user.id());
    return tale.owesHere() || (!tale.owes() && markedInVain(tale, user));
  }

  /** What is still to come about, in words. */
  List<String> unsettled() {
    List<String> unsettled = new ArrayList<>();
    if (!sender.idle()) {
      unsettled.add(sender.toString());
    }
    if (!gateway.idle()) {
      unsettled.add(gateway.toString());
    }
    if (!housekeeping.idle()) {
      unsettled.add(housekeeping.toString());
    }
    for (SimulatedUser user : world.users()) {
      Tale tale = world.watch().tale(user.id());
      if (tale.owesHere()) {
        unsettled.add(user.name() + " owes: " + tale);
      } else if (!tale.owes() && markedInVain(tale, user)) {
        unsettled.add(user.name() + " is marked and owes nothing: " + tale);
      }
    }
    for (Device device : devices) {
      if (!device.upToDate() || !device.idle()) {
        unsettled.add(device + ", not at " + world.watch().tale(device.user().id()).head());
      }
    }
    return unsettled;
  }

  /** A marker for an entry that was never made stays until the log gets there. */
  private boolean markedInVain(Tale tale, SimulatedUser user) {
    return world.watch().marker(user.id()).filter(entry -> entry <= tale.entry()).isPresent();
  }

  Report.Sends sends() {
    int arrived = world.users().stream().mapToInt(this::arrivedAt).sum();
    return new Report.Sends(world.notes().promisedCount(), arrived);
  }

  private int arrivedAt(SimulatedUser user) {
    return world.watch().tale(user.id()).copyCount();
  }
}
