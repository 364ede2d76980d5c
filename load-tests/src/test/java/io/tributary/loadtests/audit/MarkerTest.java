package io.tributary.loadtests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MarkerTest {
  private final Marker marker = new Marker("abc1");

  @Property(tries = 200)
  void textsShouldGiveTheirIdBackAndHaveTheLengthAskedFor(
      @ForAll @LongRange(min = 1, max = 1L << 40) long number,
      @ForAll @IntRange(min = 40, max = 2_000) int characters) {
    String id = marker.id(number);
    String text = Marker.text(id, characters);

    assertThat(marker.idIn(text)).contains(id);
    assertThat(text.length()).isBetween(characters - 2, characters);
    assertThat(text).isEqualTo(text.strip());
  }

  @Test
  void aTextShouldCarryItsIdHoweverShortItIsToBe() {
    assertThat(Marker.text("abc1-00000001", 1)).isEqualTo("[load abc1-00000001]");
  }

  @Test
  void otherTextsShouldHaveNoId() {
    assertThat(marker.idIn("hello")).isEmpty();
    assertThat(marker.idIn("[load other-00000001]")).isEmpty();
    assertThat(marker.idIn("Re: [load abc1-00000001]")).isEmpty();
  }
}
