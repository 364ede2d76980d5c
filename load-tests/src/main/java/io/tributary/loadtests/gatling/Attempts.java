package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pace;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Session;
import java.time.Duration;

/**
 * What all channels have in common: one message after the other, each sent again, the same, until
 * it is acknowledged, refused for good, or given up.
 */
final class Attempts {
  private static final String PENDING = "pending";
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private Attempts() {}

  /**
   * @param draw puts the next message into the session and the ledger
   * @param attempt sends it once and says by {@link #settled} or {@link #again} how that went
   */
  static ChainBuilder loop(LoadRun run, ChainBuilder draw, ChainBuilder attempt) {
    ChainBuilder message =
        exec(draw)
            .exec(session -> session.set(PENDING, true))
            .asLongAs(session -> session.getBoolean(PENDING))
            .on(
                exec(attempt)
                    .doIf(session -> session.getBoolean(PENDING))
                    .then(CoreDsl.pause(BETWEEN)));
    ChainBuilder paced = run.shape().pace().map(every -> pace(every).exec(message)).orElse(message);
    return during(run.shape().length(), false).on(paced);
  }

  /** Acknowledged: the message is now in the books. */
  static Session acknowledged(LoadRun run, Session session, String id) {
    run.ledger().acknowledged(id);
    return settled(session);
  }

  /** Refused for good, which makes the run fail. */
  static Session refused(LoadRun run, Session session, String id, String answer) {
    run.refused(id, answer);
    return settled(session);
  }

  /** To be sent once more, unless the run is long over. */
  static Session again(LoadRun run, Session session) {
    run.retried();
    return run.isOver() ? settled(session) : session.markAsSucceeded();
  }

  private static Session settled(Session session) {
    return session.set(PENDING, false).markAsSucceeded();
  }
}
