package io.tributary.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.storage.LogId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs written by released versions, one line of hexadecimal an entry, and what they must fold to
 * for ever. A file is never changed; a new kind of action comes with a new file.
 */
class GoldenLogTest {
  private static final LogId LOG = new LogId(new UserId(0x1234), 1);

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.2.0", "0.3.0"})
  void releasedLogShouldFoldToWhatItAlwaysDid(String version) throws IOException {
    MailboxState state = new MailboxState(LOG);
    long number = 0;
    for (String line : lines(version + ".log")) {
      byte[] bytes = HexFormat.of().parseHex(line);
      state.fold(++number, EntryCodec.decode(bytes), bytes.length);
    }

    String described = describe(state) + (version.equals("0.1.0") ? "" : marks(state));
    assertThat(described).isEqualTo(String.join("\n", lines(version + ".state")) + "\n");
  }

  @Test
  void goldenLogsShouldHoldEveryKindOfDecision() throws IOException {
    Set<Object> kinds = new HashSet<>();
    for (String version : List.of("0.1.0", "0.2.0", "0.3.0")) {
      for (String line : lines(version + ".log")) {
        for (var recorded : EntryCodec.decode(HexFormat.of().parseHex(line)).actions()) {
          kinds.add(recorded.action().getClass());
          if (recorded.action() instanceof OfMessage message) {
            kinds.add(message.reason());
            kinds.add(message.channel());
          }
        }
      }
    }
    assertThat(kinds)
        .contains(
            Action.Opened.class,
            Action.Delivered.class,
            Action.Sent.class,
            Action.Settled.class,
            Action.Read.class,
            Action.Modified.class,
            Action.ContactSet.class,
            Action.AddressesSet.class,
            Action.SmsStatusNoted.class,
            Action.Sealed.class)
        .contains((Object[]) ThreadReason.values())
        .contains((Object[]) Channel.values());
    assertThat(Action.class.getPermittedSubclasses()).as("each has its golden log").hasSize(9);
  }

  private static String describe(MailboxState state) {
    StringBuilder text = new StringBuilder("entry " + state.entry() + "\n");
    state.own().stream().sorted().forEach(own -> text.append("own ").append(own).append('\n'));
    state
        .threads()
        .newestFirst(Optional.empty())
        .values()
        .forEach(thread -> text.append(describe(state.view(thread))));
    for (int message = 0; message < state.messages().count(); message++) {
      MessageId id = state.id(state.messages().position(message));
      text.append("message " + id.position() + " in " + state.threadOf(message).position() + "\n");
    }
    return text.toString();
  }

  /** What version 0.1.0 did not have. */
  private static String marks(MailboxState state) {
    StringBuilder text = new StringBuilder();
    for (ThreadState thread : state.threads().all()) {
      text.append("marks of " + thread.first() + " " + state.view(thread).marks() + "\n");
      text.append("people of " + thread.first() + " " + thread.participants() + "\n");
    }
    for (int message = 0; message < state.messages().count(); message++) {
      Position position = state.messages().position(message);
      text.append("message " + position + " " + state.marks().flags(message));
      text.append(state.messages().deleted(message) ? " deleted\n" : "\n");
    }
    state.contacts().behind(Position.START).values().forEach(each -> text.append(each + "\n"));
    state
        .outstanding()
        .behind(Position.START)
        .forEach((at, owed) -> text.append(at + " " + owed.local() + owed.outside() + "\n"));
    MailboxStats stats = Figures.of(state);
    text.append(state.isSealed() ? "sealed\n" : "");
    return text.append(stats.counts() + "\n" + stats.consents() + "\n" + stats.smsStatuses() + "\n")
        .toString();
  }

  private static String describe(ThreadView thread) {
    String written = thread.toString();
    return "thread " + written.substring(0, written.indexOf(", marks=")) + "]\n";
  }

  static List<String> lines(String file) throws IOException {
    try (InputStream in = GoldenLogTest.class.getResourceAsStream("/golden/" + file)) {
      if (in == null) {
        throw new AssertionError("no golden file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
