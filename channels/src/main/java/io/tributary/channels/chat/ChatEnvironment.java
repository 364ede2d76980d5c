package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the thread of a session.
 *
 * @param scheduler all its workers run on the connection's one thread (its event loop)
 * @param random for jitter and trace ids; not for secrets
 */
public record ChatEnvironment(Scheduler scheduler, RandomGenerator random) {

  /** Names a session in logs: 16 hexadecimal digits. */
  String newTrace() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  /** Between {@code least} and twice that. */
  long jitteredMillis(Duration least) {
    long millis = Math.max(1, least.toMillis());
    return millis + random.nextLong(millis);
  }

  /** Between three quarters of {@code most} and {@code most}. */
  long shortenedMillis(Duration most) {
    long quarter = Math.max(1, most.toMillis() / 4);
    return most.toMillis() - random.nextLong(quarter);
  }
}
