package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One thread, as the fold has it. */
final class ThreadState {
  static final int PARTICIPANTS_MAX = 1_000;
  private static final int SNIPPET_CHARACTERS_MAX = 160;
  private static final int UTF8_BYTES_MAX = 3;
  private static final int WEIGHT_BYTES = 400;
  private static final int PARTICIPANT_WEIGHT_BYTES = 150;

  private final int ordinal;
  private final Position first;
  private final String subject;
  private final Set<Address> participants = new HashSet<>(4);
  private String snippet = "";
  private int messages;
  private Position last;
  private long lastReceivedMillis;

  ThreadState(int ordinal, Position first, String subject) {
    this.ordinal = ordinal;
    this.first = first;
    this.subject = subject;
    this.last = first;
  }

  int ordinal() {
    return ordinal;
  }

  /** Of its first message: this names the thread. */
  Position first() {
    return first;
  }

  /** Of its newest message. */
  Position last() {
    return last;
  }

  void add(
      Position position, Delivered delivered, Optional<MessagePayload> payload, Set<Address> own) {
    messages++;
    last = position;
    lastReceivedMillis = delivered.receivedMillis();
    snippet = payload.map(ThreadState::snippet).orElse("");
    payload.stream()
        .flatMap(content -> People.others(content, own))
        .filter(other -> participants.size() < PARTICIPANTS_MAX)
        .forEach(participants::add);
  }

  ThreadView view(MessageId id) {
    List<Address> sorted = participants.stream().sorted().toList();
    return new ThreadView(
        id, sorted, subject, snippet, messages, last, lastReceivedMillis, ThreadView.Marks.NONE);
  }

  /** About what a listing of it takes, at most. */
  long viewBytes() {
    long bytes = 100 + UTF8_BYTES_MAX * (long) (subject.length() + snippet.length());
    for (Address participant : participants) {
      bytes += 10 + UTF8_BYTES_MAX * (long) participant.value().length();
    }
    return bytes;
  }

  long weightBytes() {
    return WEIGHT_BYTES
        + 2L * (subject.length() + snippet.length())
        + (long) PARTICIPANT_WEIGHT_BYTES * participants.size();
  }

  /** The beginning of the text on one line. */
  private static String snippet(MessagePayload payload) {
    String text = payload.text();
    StringBuilder snippet = new StringBuilder();
    int i = 0;
    while (i < text.length() && snippet.length() < SNIPPET_CHARACTERS_MAX) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      boolean blank = Character.isWhitespace(character) || Character.isISOControl(character);
      if (!blank) {
        snippet.appendCodePoint(character);
      } else if (!snippet.isEmpty() && snippet.charAt(snippet.length() - 1) != ' ') {
        snippet.append(' ');
      }
    }
    return snippet.toString().strip();
  }
}
