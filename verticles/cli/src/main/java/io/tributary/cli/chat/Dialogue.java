package io.tributary.cli.chat;

import io.tributary.cli.shell.Failure;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One person's chat, whatever becomes of connections: what was seen, what is not answered yet,
 * where lines go. Single-threaded, without I/O but the screen.
 */
final class Dialogue {
  /** About how many entries of the log are shown at first. */
  private static final long NEWEST_ENTRIES = 20;

  private final String user;
  private final String token;
  private final String device;
  private final ChatScreen screen;
  private final List<MessageId> threads = new ArrayList<>();
  private final Map<MessageId, TreeSet<String>> people = new LinkedHashMap<>();
  private final Map<String, ClientFrame.Send> unanswered = new LinkedHashMap<>();
  private Optional<Position> since = Optional.empty();
  private Optional<MessageId> thread = Optional.empty();
  private List<String> to = List.of();
  private boolean chosen;
  private boolean welcomed;
  private boolean failed;
  private boolean quit;

  Dialogue(String user, String token, String device, ChatScreen screen) {
    this.user = user;
    this.token = token;
    this.device = device;
    this.screen = screen;
  }

  /** The first frame of a connection. */
  ClientFrame hello() {
    return new ClientFrame.Hello(token, device, since);
  }

  /** Whether all that was typed is in the log, or refused. */
  boolean isAnswered() {
    return unanswered.isEmpty();
  }

  /** At the end: whether all that was typed is in the log; says so if not. */
  boolean isAllSent() {
    if (!unanswered.isEmpty()) {
      screen.line("! not known to be sent: the last " + unanswered.size());
    }
    return !failed && unanswered.isEmpty();
  }

  /** A frame, as it came. */
  void came(String text) {
    screen.frame(text);
  }

  boolean wantsToQuit() {
    return quit;
  }

  boolean wasWelcomed() {
    return welcomed;
  }

  void lost(String why) {
    screen.line("* " + why);
  }

  /**
   * A frame came.
   *
   * @return whether the connection is to be begun again, to see the newest messages too
   */
  boolean take(ServerFrame frame) {
    if (frame instanceof ServerFrame.Welcome welcome) {
      return welcome(welcome);
    }
    if (frame instanceof ServerFrame.Message message) {
      show(message.message());
      seen(message.message().position());
    } else if (frame instanceof ServerFrame.Sent sent) {
      sent(sent);
    } else if (frame instanceof ServerFrame.Update update) {
      seen(update.seq());
    } else if (frame instanceof ServerFrame.Head head) {
      seen(head.seq());
    } else if (frame instanceof ServerFrame.Gap gap) {
      screen.line("* messages between " + gap.from() + " and " + gap.to() + " are not shown");
      seen(gap.to());
    } else if (frame instanceof ServerFrame.Presence presence) {
      screen.line("* " + presence.user() + (presence.online() ? " is here" : " is gone"));
    } else if (frame instanceof ServerFrame.Error error) {
      refused(error);
    }
    return false;
  }

  private boolean welcome(ServerFrame.Welcome welcome) {
    if (!welcome.user().equals(user)) {
      throw new Failure("chat: the token is " + welcome.user() + "'s, not " + user + "'s");
    }
    welcomed = true;
    if (since.isPresent()) {
      return false;
    }
    long entry = Math.max(0, welcome.seq().entry() - NEWEST_ENTRIES);
    since = Optional.of(Position.of(entry, 0));
    return true;
  }

  private void seen(Position position) {
    if (since.isEmpty() || since.get().compareTo(position) < 0) {
      since = Optional.of(position);
    }
  }

  private void sent(ServerFrame.Sent sent) {
    ClientFrame.Send mine = unanswered.remove(sent.id());
    boolean fresh = since.isEmpty() || since.get().compareTo(sent.seq()) < 0;
    seen(sent.seq());
    if (sent.message().isPresent() && (mine != null || fresh)) {
      MessageView message = sent.message().get();
      show(message);
      if (mine != null && mine.to().equals(to)) {
        thread = Optional.of(message.thread());
      }
    }
  }

  private void refused(ServerFrame.Error error) {
    boolean again = error.retry() && error.id().filter(unanswered::containsKey).isPresent();
    if (again) {
      return; // it is sent again with the next connection, or when the user waits at the end
    }
    error.id().ifPresent(unanswered::remove);
    failed = true;
    screen.line("! " + error.code() + ": " + error.reason());
  }

  private void show(MessageView message) {
    String from = name(message.from());
    int number = number(message);
    screen.line("#" + number + " " + from + ": " + said(message));
    if (!chosen) {
      thread = Optional.of(message.thread());
    }
  }

  private static String said(MessageView message) {
    return message.subject().isEmpty()
        ? message.text()
        : "[" + message.subject() + "] " + message.text();
  }

  private String name(Address address) {
    return address.toString().equals("chat:" + user) ? "me" : shortened(address);
  }

  private static String shortened(Address address) {
    String written = address.toString();
    return written.substring(written.indexOf(':') + 1);
  }

  private int number(MessageView message) {
    TreeSet<String> known = people.computeIfAbsent(message.thread(), unused -> new TreeSet<>());
    known.add(name(message.from()));
    message.to().forEach(address -> known.add(name(address)));
    known.remove("me");
    if (!threads.contains(message.thread())) {
      threads.add(message.thread());
    }
    return threads.indexOf(message.thread()) + 1;
  }

  /** What is to be sent again on a new connection. */
  Collection<ClientFrame.Send> unanswered() {
    return List.copyOf(unanswered.values());
  }

  /** A line was typed; what is to be sent for it, if anything. */
  Optional<ClientFrame.Send> typed(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.startsWith("/") || text.startsWith("//")) {
      return say(text.startsWith("//") ? text.substring(1) : text);
    }
    String[] words = text.split("\\s+", 3);
    return switch (words[0]) {
      case "/to" -> to(words);
      case "/in" -> in(words);
      case "/threads" -> list();
      case "/quit" -> leave();
      default -> wrong(words[0] + " is unknown; there are /to, /in, /threads, /quit");
    };
  }

  private Optional<ClientFrame.Send> to(String[] words) {
    if (words.length < 2) {
      return wrong("/to NAME[,NAME] [TEXT]");
    }
    to = Arrays.stream(words[1].split(",")).filter(name -> !name.isBlank()).toList();
    thread = Optional.empty();
    chosen = true;
    return words.length < 3 ? Optional.empty() : say(words[2]);
  }

  private Optional<ClientFrame.Send> in(String[] words) {
    String number = words.length < 2 ? "" : words[1];
    if (!number.matches("[0-9]{1,6}") || !isThread(Integer.parseInt(number))) {
      return wrong("/in N [TEXT]; /threads shows which there are");
    }
    thread = Optional.of(threads.get(Integer.parseInt(number) - 1));
    to = List.of();
    chosen = true;
    return words.length < 3 ? Optional.empty() : say(words[2]);
  }

  private boolean isThread(int number) {
    return number >= 1 && number <= threads.size();
  }

  private Optional<ClientFrame.Send> list() {
    for (int at = 0; at < threads.size(); at++) {
      screen.line("#" + (at + 1) + " " + String.join(", ", people.get(threads.get(at))));
    }
    return Optional.empty();
  }

  private Optional<ClientFrame.Send> leave() {
    quit = true;
    return Optional.empty();
  }

  private Optional<ClientFrame.Send> wrong(String why) {
    failed = true;
    screen.line("! " + why);
    return Optional.empty();
  }

  private Optional<ClientFrame.Send> say(String text) {
    if (thread.isEmpty() && to.isEmpty()) {
      return wrong("to whom? /to NAME first");
    }
    chosen = true;
    ClientFrame.Send send =
        new ClientFrame.Send(
            UUID.randomUUID().toString(), thread, thread.isPresent() ? List.of() : to, "", text);
    unanswered.put(send.id(), send);
    return Optional.of(send);
  }
}
