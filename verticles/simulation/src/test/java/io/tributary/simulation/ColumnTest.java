package io.tributary.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import org.junit.jupiter.api.Test;

/** The simulated HBase surprises as the real one was seen to. */
class ColumnTest {
  private static final Bytes ONE = Bytes.ofUtf8("one");
  private static final Bytes TWO = Bytes.ofUtf8("two");

  private final Column column = new Column(Long.MAX_VALUE);

  @Test
  void firstOfTwoWritersShouldWin() {
    assertThat(column.putIfAbsent(10, ONE)).isTrue();
    assertThat(column.putIfAbsent(10, TWO)).isFalse();
    assertThat(column.visible(11)).contains(ONE);
  }

  @Test
  void compareAndSetShouldReplaceExactlyWhatIsExpected() {
    column.put(10, ONE);
    assertThat(column.compareAndSet(11, TWO, ONE)).isFalse();
    assertThat(column.compareAndSet(11, ONE, TWO)).isTrue();
    assertThat(column.visible(12)).contains(TWO);
  }

  @Test
  void newestTimestampShouldWinWhateverTheOrderOfArrival() {
    column.put(20, TWO);
    column.put(10, ONE);
    assertThat(column.visible(30)).contains(TWO);
  }

  @Test
  void putIfAbsentAfterADeleteInTheSameMillisecondShouldLie() {
    column.put(9, ONE);
    column.delete(10);
    assertThat(column.putIfAbsent(10, ONE)).isTrue();
    assertThat(column.visible(10)).isEmpty();
    assertThat(column.putIfAbsent(10, TWO)).isTrue();
    assertThat(column.visible(11)).isEmpty();
  }

  @Test
  void deleteFromTheFutureShouldLetSeveralWritersWin() {
    column.delete(1_000);
    assertThat(column.putIfAbsent(10, ONE)).isTrue();
    assertThat(column.putIfAbsent(20, TWO)).isTrue();
  }

  @Test
  void whatOutlivesItsTimeShouldBeGoneAndWonAgain() {
    Column expiring = new Column(100);
    assertThat(expiring.putIfAbsent(10, ONE)).isTrue();
    assertThat(expiring.putIfAbsent(109, TWO)).isFalse();
    assertThat(expiring.putIfAbsent(110, TWO)).isTrue();
  }
}
