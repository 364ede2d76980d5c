package io.tributary.store.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the child process ends when it is asked to; how it is killed is the store's business. */
@ExtendWith(SharedHBase.class)
class EmbeddedHBaseIT {

  @Test
  void shouldIgnoreCtrlCAndEndInOrderWithItsParent(HBaseProcess hbase) {
    hbase.interrupt();
    assertThat(hbase.isAlive()).isTrue();
    assertThat(hbase.stop()).isZero();
    assertThat(hbase.readyFile()).doesNotExist();
    hbase.start();
  }
}
