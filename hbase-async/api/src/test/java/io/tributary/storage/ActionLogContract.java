package io.tributary.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ActionLog} does. Each test writes logs of users drawn anew, so one storage
 * serves all tests and many runs.
 */
public interface ActionLogContract {
  ActionLog testee();

  @Test
  default void appendShouldBeReadBackByteForByte() {
    LogId log = freshLog();
    FrozenEntry first = entry(log, 1, 100);
    FrozenEntry second = entry(log, 2, 100);

    append(first);
    assertThat(read(log, 1, 10)).containsExactly(stored(first));
    append(second);
    assertThat(read(log, 1, 10)).containsExactly(stored(first), stored(second));
  }

  @Test
  default void sameFrozenEntryAgainShouldBeAppendedAndStandOnce() {
    LogId log = freshLog();
    FrozenEntry entry = entry(log, 1, 100);

    append(entry);
    append(entry);
    append(entry(log, 2, 100));
    append(entry);

    assertThat(read(log, 1, 10)).hasSize(2).first().isEqualTo(stored(entry));
  }

  @Test
  default void foreignEntryAtTheNumberShouldTakeIt() {
    LogId log = freshLog();
    FrozenEntry first = entry(log, 1, 100);
    append(first);

    assertThat(offer(entry(log, 1, 100))).isInstanceOf(AppendResult.SequenceTaken.class);
    assertThat(offer(first)).isInstanceOf(AppendResult.Appended.class);
    assertThat(read(log, 1, 10)).containsExactly(stored(first));
  }

  @Test
  default void nextStampOfTheSameWriterShouldBeForeignToo() {
    LogId log = freshLog();
    Stamps writer = writer();
    append(entry(log, 1, writer.next(), 100));

    assertThat(offer(entry(log, 1, writer.next(), 100)))
        .isInstanceOf(AppendResult.SequenceTaken.class);
  }

  @Test
  default void ofWritersAtOneNumberExactlyOneShouldWin() {
    for (int round = 0; round < 5; round++) {
      LogId log = freshLog();
      List<FrozenEntry> rivals =
          IntStream.range(0, 8).mapToObj(writer -> entry(log, 1, 100)).toList();

      List<FrozenEntry> winners = winners(rivals);

      assertThat(winners).hasSize(1);
      assertThat(read(log, 1, 10)).containsExactly(stored(winners.get(0)));
    }
  }

  @Test
  default void sameFrozenEntryOfferedAtOnceShouldBeAppendedEachTime() {
    LogId log = freshLog();
    FrozenEntry entry = entry(log, 1, 100);

    assertThat(winners(List.of(entry, entry, entry, entry))).hasSize(4);
    assertThat(read(log, 1, 10)).containsExactly(stored(entry));
  }

  @Test
  default void entriesUpToTheLargestShouldKeepEveryByte() {
    LogId log = freshLog();
    FrozenEntry large = entry(log, 1, FrozenEntry.BYTES_MAX);
    FrozenEntry larger = entry(log, 2, FrozenEntry.BYTES_MAX);
    append(large);
    append(larger);

    assertThat(large.bytes().length()).isGreaterThan(FrozenEntry.BYTES_MAX - 100);
    assertThat(readAll(log, 10)).containsExactly(stored(large), stored(larger));
    assertThat(await(testee().readEach(log, List.of(1L, 2L)))).hasSize(2);
  }

  @Test
  default void readShouldBeDenseFromWhereAskedAndPaged() {
    LogId log = freshLog();
    List<StoredEntry> entries = appendMany(log, 1, 20);

    assertThat(read(log, 6, 3)).isNotEmpty().isSubsetOf(entries.subList(5, 8));
    assertThat(readAll(log, 3)).isEqualTo(entries);
    assertThat(readAll(log, 256)).isEqualTo(entries);
    assertThat(read(log, 20, 10)).containsExactly(entries.get(19));
    assertThat(read(log, 21, 10)).isEmpty();
    assertThat(read(log, 1_000, 10)).isEmpty();
  }

  @Test
  default void readOfALogThatIsNotThereShouldBeEmpty() {
    LogId log = freshLog();

    assertThat(read(log, 1, 10)).isEmpty();
    assertThat(await(testee().readEach(log, List.of(1L)))).isEmpty();
  }

  @Test
  default void readEachShouldGiveWhatIsThereInRisingOrder() {
    LogId log = freshLog();
    List<StoredEntry> entries = appendMany(log, 1, 9);

    assertThat(await(testee().readEach(log, List.of(7L, 300L, 2L, 9L))))
        .containsExactly(entries.get(1), entries.get(6), entries.get(8));
    assertThat(await(testee().readEach(log, List.of()))).isEmpty();
    assertThat(await(testee().readEach(log, LongStream.rangeClosed(1, 256).boxed().toList())))
        .isEqualTo(entries);
  }

  @Test
  default void logsShouldStandApart() {
    UserId user = freshUser();
    List<LogId> logs =
        List.of(
            new LogId(user, 1),
            new LogId(user, 2),
            new LogId(user, 256),
            new LogId(new UserId(user.value() ^ 1), 1));
    List<StoredEntry> written = new ArrayList<>();
    for (LogId log : logs) {
      written.addAll(appendMany(log, 1, 3));
    }

    List<StoredEntry> found = new ArrayList<>();
    for (LogId log : logs) {
      assertThat(readAll(log, 10)).hasSize(3);
      found.addAll(readAll(log, 10));
    }
    assertThat(found).isEqualTo(written);
  }

  @Test
  default void everyAppendShouldBeReadByTheNextRead() {
    LogId log = freshLog();
    for (int number = 1; number <= 20; number++) {
      FrozenEntry entry = entry(log, number, 50);
      append(entry);
      assertThat(read(log, number, 5)).containsExactly(stored(entry));
    }
  }

  /** A log that nothing was written to. */
  default LogId freshLog() {
    return new LogId(freshUser(), 1);
  }

  private static UserId freshUser() {
    return new UserId(ThreadLocalRandom.current().nextLong(2, Long.MAX_VALUE - 1));
  }

  private static Stamps writer() {
    return new Stamps(Incarnation.draw(ThreadLocalRandom.current()));
  }

  private static StoredEntry stored(FrozenEntry entry) {
    return new StoredEntry(entry.number(), entry.bytes());
  }

  private List<StoredEntry> appendMany(LogId log, int from, int to) {
    List<StoredEntry> entries = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      FrozenEntry entry = entry(log, number, 50);
      append(entry);
      entries.add(stored(entry));
    }
    return entries;
  }

  private void append(FrozenEntry entry) {
    assertThat(offer(entry)).isInstanceOf(AppendResult.Appended.class);
  }

  /** Offers until the outcome is known. */
  private AppendResult offer(FrozenEntry entry) {
    return await(resolved(entry));
  }

  private Single<AppendResult> resolved(FrozenEntry entry) {
    return testee()
        .append(entry)
        .flatMap(
            result ->
                result instanceof AppendResult.Appended
                        || result instanceof AppendResult.SequenceTaken
                    ? Single.just(result)
                    : Single.timer(50, TimeUnit.MILLISECONDS).flatMap(later -> resolved(entry)));
  }

  private List<FrozenEntry> winners(List<FrozenEntry> rivals) {
    return await(
        Flowable.fromIterable(rivals)
            .flatMapMaybe(
                rival ->
                    resolved(rival)
                        .subscribeOn(Schedulers.io())
                        .filter(AppendResult.Appended.class::isInstance)
                        .map(won -> rival),
                false,
                rivals.size())
            .toList());
  }

  private List<StoredEntry> read(LogId log, long from, int max) {
    return await(testee().read(log, from, max));
  }

  private List<StoredEntry> readAll(LogId log, int pageMax) {
    List<StoredEntry> all = new ArrayList<>();
    for (List<StoredEntry> page = read(log, 1, pageMax);
        !page.isEmpty();
        page = read(log, all.size() + 1L, pageMax)) {
      assertThat(page).hasSizeLessThanOrEqualTo(pageMax);
      all.addAll(page);
    }
    return all;
  }

  private static <T> T await(Single<T> answer) {
    return answer.timeout(60, TimeUnit.SECONDS).blockingGet();
  }

  private static FrozenEntry entry(LogId log, long number, int bytes) {
    return entry(log, number, writer().next(), bytes);
  }

  /** An entry of about this many bytes, none more, with content that doesn't compress. */
  private static FrozenEntry entry(LogId log, long number, Stamp stamp, int bytes) {
    byte[] raw = new byte[Math.max(0, bytes - 200)];
    new Random(number).nextBytes(raw);
    int least = encoded(stamp, raw, 0).length;
    for (int more = Math.max(0, bytes - least); ; more--) {
      byte[] encoded = encoded(stamp, raw, more);
      if (encoded.length <= Math.max(bytes, least)) {
        return new FrozenEntry(log, number, stamp, Bytes.ofOwned(encoded));
      }
    }
  }

  private static byte[] encoded(Stamp stamp, byte[] raw, int nameCharacters) {
    Address address = Address.parse("email:a@example.com");
    var payload =
        new MessagePayload(
            new MessagePayload.Heading(address, "", List.of(), ""),
            "",
            "x".repeat(nameCharacters),
            List.of(),
            Bytes.copyOf(raw));
    var action = new Action.Opened(1, "c1", "a", List.of(address));
    return EntryCodec.encode(
        new Entry(
            stamp, List.of(new RecordedAction(1, Optional.empty(), action, Optional.of(payload)))));
  }
}
