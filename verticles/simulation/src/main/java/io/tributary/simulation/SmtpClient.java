package io.tributary.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that delivers to ours. It takes one letter at a time, and does not give up before
 * every recipient was answered 250: after a 4xx, a lost connection or silence it tries again.
 */
final class SmtpClient {
  private static final long PATIENCE_MICROS = 120 * VirtualTime.SECOND;

  /** What is owed of one letter. */
  private static final class Job {
    private final Letter letter;
    private final List<SimulatedUser> owed;

    Job(Letter letter, List<SimulatedUser> owed) {
      this.letter = letter;
      this.owed = new ArrayList<>(owed);
    }
  }

  private final World world;
  private final String name;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Deque<IntConsumer> expected = new ArrayDeque<>();
  private final List<SimulatedUser> accepted = new ArrayList<>();
  private final StringBuilder received = new StringBuilder();
  private @Nullable Job job;
  private @Nullable SimulatedConnection connection;
  private long replies;
  private int repeats;

  SmtpClient(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /** Whether nothing is owed, nor will be. */
  boolean idle() {
    return job == null && waiting.isEmpty() && repeats == 0;
  }

  void send(Letter letter) {
    send(letter, letter.recipients());
  }

  private void send(Letter letter, List<SimulatedUser> recipients) {
    waiting.addLast(new Job(letter, recipients));
    if (job == null) {
      next();
    }
  }

  /** Takes the next letter, over the connection if there is one. */
  private void next() {
    job = waiting.pollFirst();
    if (job == null) {
      say("QUIT\r\n");
      connection = null;
    } else if (connection == null) {
      connect();
    } else {
      transact();
    }
  }

  private void connect() {
    received.setLength(0);
    expected.clear();
    connection = world.chance().oneOf(world.nodes()).connect(this).orElse(null);
    if (connection == null) {
      tryLater();
      return;
    }
    expect(code -> proceedIf(code == 220, this::hello));
  }

  private void hello() {
    say("EHLO client.example\r\n", code -> proceedIf(code == 250, this::transact));
  }

  private void transact() {
    Job current = current();
    accepted.clear();
    Deque<Command> commands = new ArrayDeque<>();
    commands.add(
        new Command("MAIL FROM:<" + current.letter.sender() + ">\r\n", this::mailAnswered));
    for (SimulatedUser user : current.owed) {
      String address = world.chance().happens(0.2) ? user.alias().value() : user.address().value();
      commands.add(new Command("RCPT TO:<" + address + ">\r\n", code -> rcptAnswered(user, code)));
    }
    commands.add(new Command("DATA\r\n", this::dataAnswered));
    if (world.chance().happens(0.3)) {
      pipeline(commands);
    } else {
      oneByOne(commands);
    }
  }

  private record Command(String line, IntConsumer then) {}

  /** RFC 2920. */
  private void pipeline(Deque<Command> commands) {
    StringBuilder lines = new StringBuilder();
    for (Command command : commands) {
      lines.append(command.line);
      expect(command.then);
    }
    say(lines.toString());
  }

  private void oneByOne(Deque<Command> commands) {
    Command command = commands.removeFirst();
    say(
        command.line,
        code -> {
          command.then.accept(code);
          if (connection != null && !commands.isEmpty()) {
            oneByOne(commands);
          }
        });
  }

  private void mailAnswered(int code) {
    if (code != 250) {
      giveUp(code);
    }
  }

  private void rcptAnswered(SimulatedUser user, int code) {
    if (code == 250) {
      accepted.add(user);
    } else if (code < 400 || code >= 500) {
      giveUp(code);
    }
  }

  private void dataAnswered(int code) {
    Job current = current();
    if (code != 354) {
      boolean nobody = accepted.isEmpty() && (code == 503 || code == 554);
      giveUp(nobody ? 450 : code);
      return;
    }
    accepted.forEach(user -> world.ledger().sent(current.letter, user));
    say(current.letter.wire(), this::letterAnswered);
    if (world.weather().losesConnection() && connection != null) {
      connection.breakDown();
    }
  }

  private void letterAnswered(int code) {
    Job current = current();
    if (code != 250) {
      giveUp(code);
      return;
    }
    world.trace().note(name + " " + current.letter.mark() + " 250 for " + accepted.size());
    accepted.forEach(user -> world.ledger().promised(current.letter, user));
    if (current.letter.keyed() && world.chance().happens(0.15)) {
      repeatLater(current.letter, List.copyOf(accepted));
    }
    current.owed.removeAll(accepted);
    if (current.owed.isEmpty()) {
      next();
    } else {
      tryLater();
    }
  }

  /** As if the 250 had not come through. */
  private void repeatLater(Letter letter, List<SimulatedUser> recipients) {
    long pause = world.chance().between(0, 30 * VirtualTime.SECOND);
    repeats++;
    world
        .time()
        .after(
            pause,
            () -> {
              repeats--;
              send(letter, recipients);
            });
  }

  private void proceedIf(boolean granted, Runnable then) {
    if (granted) {
      then.run();
    } else {
      giveUp(451);
    }
  }

  /** Refused for now. Refused for good is what must not happen to a good letter. */
  private void giveUp(int code) {
    if (code >= 500) {
      world.violation(name + " was told " + code + " for " + current().letter.mark());
    }
    tryLater();
  }

  private void tryLater() {
    leave();
    long pause = world.chance().between(300 * VirtualTime.MILLISECOND, 10 * VirtualTime.SECOND);
    world.time().after(pause, this::connect);
  }

  private void leave() {
    expected.clear();
    SimulatedConnection left = connection;
    connection = null;
    if (left != null) {
      left.hangUp();
    }
  }

  private void say(String text, IntConsumer then) {
    expect(then);
    say(text);
  }

  private void say(String text) {
    if (connection != null) {
      connection.send(text);
    }
  }

  private void expect(IntConsumer then) {
    expected.addLast(then);
    long repliesNow = replies;
    SimulatedConnection talking = connection;
    world
        .time()
        .after(
            PATIENCE_MICROS,
            () -> {
              if (talking != null && talking == connection && repliesNow == replies) {
                tryLater();
              }
            });
  }

  void receive(SimulatedConnection from, String text) {
    if (from != connection) {
      return;
    }
    received.append(text);
    for (int end = received.indexOf("\r\n");
        end >= 0 && from == connection;
        end = received.indexOf("\r\n")) {
      String line = received.substring(0, end);
      received.delete(0, end + 2);
      if (line.length() < 4 || line.charAt(3) != '-') {
        replied(line);
      }
    }
  }

  private void replied(String line) {
    replies++;
    world.trace().note(name + " hears " + line);
    int code = Integer.parseInt(line.substring(0, 3));
    IntConsumer then = expected.pollFirst();
    if (then == null || code == 421) {
      tryLater();
    } else {
      then.accept(code);
    }
  }

  /** The connection is gone. */
  void lost(SimulatedConnection gone) {
    if (gone == connection) {
      connection = null;
      tryLater();
    }
  }

  @Override
  public String toString() {
    return name + (job == null ? "" : " with " + job.letter.mark()) + " and " + waiting.size();
  }

  private Job current() {
    if (job == null) {
      throw new IllegalStateException("no letter is being sent");
    }
    return job;
  }
}
