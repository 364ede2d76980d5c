package io.tributary.codecs.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Users are placed by this hash: if it ever changed, every mailbox would be looked for elsewhere.
 */
final class XxHash64Test {
  private static final XXHash64 ORACLE = XXHashFactory.fastestJavaInstance().hash64();

  @Test
  void hashShouldStayWhatItIsForEver() {
    assertThat(Long.toHexString(XxHash64.hash(0))).isEqualTo("34c96acdcadb1bbb");
    assertThat(Long.toHexString(XxHash64.hash(1))).isEqualTo("9f1ffc793b8a47da");
    assertThat(Long.toHexString(XxHash64.hash(Long.MAX_VALUE))).isEqualTo("43de1bbaf341994");
  }

  @Property
  void hashShouldEqualTheReferenceOnBigEndianBytes(@ForAll long value) {
    assertThat(Long.toHexString(XxHash64.hash(value))).isEqualTo(oracle(value));
  }

  @Test
  void slotShouldBeTheTopSixteenBits() {
    UserId user = new UserId(0x0102030405060708L);
    assertThat(Integer.toHexString(user.slot().number()))
        .isEqualTo(oracle(user.value()).substring(0, 4));
  }

  private static String oracle(long value) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Long.toHexString(ORACLE.hash(bytes, 0, Long.BYTES, 0));
  }
}
