package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RowKeysTest {

  @Test
  void logKeyShouldHaveTheBytesOfTheSchema() {
    UserId user = new UserId(0x0102030405060708L);
    String slot = HexFormat.of().toHexDigits((short) user.slot().number());

    assertThat(hex(RowKeys.log(new LogId(user, 3), 258)))
        .isEqualTo(slot + "0102030405060708" + "00000003" + "0000000000000102");
    // XXH64 of 01 02 … 08 with seed 0 begins so
    assertThat(slot).isEqualTo("814c");
  }

  @Test
  void directoryKeysShouldHaveTheBytesOfTheSchema() {
    assertThat(hex(RowKeys.account(new UserId(258)))).isEqualTo("0000000000000102");
    assertThat(RowKeys.address(new Address(AddressKind.SMS, "+12025550102")))
        .isEqualTo(Bytes.ofUtf8("sms:+12025550102"));
    assertThat(RowKeys.request("é")).isEqualTo(Bytes.ofUtf8("é"));
    assertThatThrownBy(() -> RowKeys.request("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RowKeys.request("x".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void keysShouldLieInTheOrderOfTheirNumbers(
      @ForAll @LongRange(min = 1) long user,
      @ForAll @IntRange(min = 1) int generation,
      @ForAll @LongRange(min = 1) long left,
      @ForAll @LongRange(min = 1) long right) {
    LogId log = new LogId(new UserId(user), generation);

    assertThat(Integer.signum(compare(RowKeys.log(log, left), RowKeys.log(log, right))))
        .isEqualTo(Long.compare(left, right));
    assertThat(
            Integer.signum(
                compare(RowKeys.account(new UserId(left)), RowKeys.account(new UserId(right)))))
        .isEqualTo(Long.compare(left, right));
  }

  @Property
  void keysShouldReadBackWhatWasWritten(
      @ForAll @LongRange(min = 1) long user, @ForAll @LongRange(min = 1) long entry) {
    assertThat(RowKeys.entryOf(RowKeys.log(new LogId(new UserId(user), 7), entry)))
        .isEqualTo(entry);
    assertThat(RowKeys.userOf(RowKeys.account(new UserId(user)))).isEqualTo(new UserId(user));
  }

  @Property
  void logsShouldNotMixWithEachOther(
      @ForAll @LongRange(min = 1) long user,
      @ForAll @IntRange(min = 1, max = 1000) int generation) {
    Bytes last = RowKeys.log(new LogId(new UserId(user), generation), Long.MAX_VALUE);
    Bytes first = RowKeys.log(new LogId(new UserId(user), generation + 1), 1);

    assertThat(compare(last, first)).isNegative();
  }

  private static int compare(Bytes left, Bytes right) {
    return Arrays.compareUnsigned(left.toArray(), right.toArray());
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
