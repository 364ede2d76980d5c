package io.tributary.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.message.Bytes;
import io.tributary.mailbox.Histories.Step;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.StoredEntry;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
  private static final int HEADER_BYTES = 5;

  /**
   * What the fold keeps. Who adds a field saves and restores it, raises the format's version, and
   * adds it here.
   */
  private static final Map<Class<?>, String> SAVED =
      Map.of(
          MailboxState.class, "entry foldMillis head log name own parts sealed tail",
          MailboxParts.class,
              "contacts copies keys marks messages outstanding requests texts threads",
          MessageIndex.class,
              "bits count deletionChangedAt entries entryBytes positions threads viewBytes",
          Threads.class, "all byFirst byLast byMessageId byPeople weightBytes",
          ThreadState.class,
              "authors beginning count first flags folder last lastMillis messages ordinal"
                  + " participants readUpTo shown snippet sortedParticipants subject unread",
          IdempotencyKeys.class, "uses weightBytes",
          Copies.class, "senders weightBytes",
          Outstanding.class, "failed local owed",
          Contacts.class, "byAddress byId",
          Marks.class, "changes flags messages threads");

  private static final String OF_TEXT_MESSAGES = "statuses stopped";

  @Provide
  Arbitrary<List<Step>> histories() {
    return Histories.all();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void snapshotAndTailShouldBeTheFoldOfAll(
      @ForAll("histories") List<Step> history, @ForAll int cut) {
    List<StoredEntry> log = Histories.write(history).stored();
    int prefix = 1 + Math.floorMod(cut, log.size());
    MailboxState all = Histories.folded(log);

    MailboxState restored = restored(Histories.folded(log.subList(0, prefix)));
    Histories.fold(restored, log.subList(prefix, log.size()));

    assertThat(FoldPropertyTest.digest(restored)).isEqualTo(FoldPropertyTest.digest(all));
    assertThat(SnapshotCodec.encode(restored)).isEqualTo(SnapshotCodec.encode(all));
  }

  @Test
  void everyCutOfTheGoldenLogsShouldGiveTheSame() throws IOException {
    for (String version : List.of("0.1.0", "0.2.0", "0.3.0")) {
      List<StoredEntry> log = golden(version);
      MailboxState all = Histories.folded(log);
      for (int prefix = 1; prefix <= log.size(); prefix++) {
        MailboxState restored = restored(Histories.folded(log.subList(0, prefix)));
        Histories.fold(restored, log.subList(prefix, log.size()));
        assertThat(SnapshotCodec.encode(restored)).isEqualTo(SnapshotCodec.encode(all));
        assertThat(FoldPropertyTest.digest(restored)).isEqualTo(FoldPropertyTest.digest(all));
      }
    }
  }

  /** Bytes that differ here without a new version would be read wrongly by who is not upgraded. */
  @Test
  void formatShouldStayWhatItIs() throws IOException {
    byte[] bytes = SnapshotCodec.encode(Histories.folded(golden("0.3.0")));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(String.join("", GoldenLogTest.lines("0.3.0.snapshot")));
  }

  /** A snapshot must not hide from an older node an action that it does not know. */
  @Test
  void whoAddsAnActionShouldRaiseTheVersion() {
    assertThat(Action.class.getPermittedSubclasses()).hasSize(9);
    assertThat(Action.OfMessage.class.getPermittedSubclasses()).hasSize(2);
  }

  @Test
  void everythingThatTheFoldKeepsShouldBeSaved() {
    SAVED.forEach(
        (kept, fields) ->
            assertThat(String.join(" ", fieldsOf(kept)))
                .as(kept.getSimpleName())
                .isEqualTo(fields));
    assertThat(String.join(" ", fieldsOf(TextMessages.class))).isEqualTo(OF_TEXT_MESSAGES);
  }

  private static TreeSet<String> fieldsOf(Class<?> kept) {
    TreeSet<String> names = new TreeSet<>();
    for (Field field : kept.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        names.add(field.getName());
      }
    }
    return names;
  }

  @Test
  void otherVersionsAndOtherLogsShouldBeRefused() throws IOException {
    MailboxState state = Histories.folded(golden("0.2.0"));
    byte[] bytes = SnapshotCodec.encode(state);
    byte[] newer = bytes.clone();
    newer[0]++;

    assertThatThrownBy(() -> decode(state.log(), state.entry(), newer))
        .isInstanceOf(UnusableSnapshotException.class)
        .hasMessageContaining("format version 3");
    assertThatThrownBy(() -> decode(new LogId(state.user(), 2), state.entry(), bytes))
        .isInstanceOf(UnusableSnapshotException.class);
    assertThatThrownBy(() -> decode(state.log(), state.entry() + 1, bytes))
        .isInstanceOf(UnusableSnapshotException.class);
  }

  @Property(tries = 300)
  void anyBytesShouldBeRefused(@ForAll @Size(min = 1) byte[] bytes) {
    assertThatThrownBy(() -> decode(Bench.LOG, 1, bytes))
        .isInstanceOf(UnusableSnapshotException.class);
    byte[] withChecksum = new byte[bytes.length + HEADER_BYTES];
    System.arraycopy(bytes, 0, withChecksum, HEADER_BYTES, bytes.length);
    assertThatThrownBy(() -> decode(Bench.LOG, 1, checked(withChecksum)))
        .isInstanceOf(UnusableSnapshotException.class);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void damageShouldBeNoticed(@ForAll("histories") List<Step> history, @ForAll int where) {
    MailboxState state = state(history);
    byte[] bytes = SnapshotCodec.encode(state);
    int at = Math.floorMod(where, bytes.length);
    bytes[at] ^= (byte) (1 << Math.floorMod(where, 8));

    assertThatThrownBy(() -> decode(state.log(), state.entry(), bytes))
        .isInstanceOf(UnusableSnapshotException.class);
    assertThatThrownBy(() -> decode(state.log(), state.entry(), Arrays.copyOf(bytes, at)))
        .isInstanceOfAny(UnusableSnapshotException.class, IllegalArgumentException.class);
  }

  /** With a checksum that fits: it may decode to something, but fails in no other way. */
  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void senseShouldNotBeExpected(
      @ForAll("histories") List<Step> history, @ForAll int where, @ForAll byte value) {
    MailboxState state = state(history);
    byte[] bytes = SnapshotCodec.encode(state);
    bytes[HEADER_BYTES + Math.floorMod(where, bytes.length - HEADER_BYTES)] = value;

    try {
      decode(state.log(), state.entry(), checked(bytes));
    } catch (UnusableSnapshotException expected) {
      assertThat(expected).hasMessageContaining("snapshot");
    }
  }

  private static byte[] checked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    bytes[0] = 2;
    ByteBuffer.wrap(bytes).putInt(1, (int) crc.getValue());
    return bytes;
  }

  private static MailboxState state(List<Step> history) {
    return Histories.folded(Histories.write(history).stored());
  }

  private static MailboxState restored(MailboxState state) {
    return decode(state.log(), state.entry(), SnapshotCodec.encode(state));
  }

  private static MailboxState decode(LogId log, long entry, byte[] bytes) {
    return SnapshotCodec.decode(new Snapshot(log, entry, Bytes.copyOf(bytes)));
  }

  private static List<StoredEntry> golden(String version) throws IOException {
    List<StoredEntry> log = new ArrayList<>();
    for (String line : GoldenLogTest.lines(version + ".log")) {
      byte[] bytes = HexFormat.of().parseHex(line);
      log.add(new StoredEntry(log.size() + 1L, Bytes.ofOwned(bytes)));
    }
    return log;
  }
}
