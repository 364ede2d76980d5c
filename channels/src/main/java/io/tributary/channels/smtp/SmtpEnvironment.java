package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the thread of a session.
 *
 * @param scheduler all its workers run on the connection's one thread (its event loop)
 * @param clock for the time a message was received
 * @param random for trace ids; not for secrets
 */
public record SmtpEnvironment(Scheduler scheduler, InstantSource clock, RandomGenerator random) {

  /** Names a session or a mail in replies and logs: 16 hexadecimal digits. */
  String newTrace() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
