package io.tributary.loadtests.gatling;

import java.time.Duration;
import java.util.Optional;

/**
 * How much load, and for how long.
 *
 * @param users virtual users of each channel, each with one message on its way at a time
 * @param rate messages a second of each channel, all its users together; empty: as fast as they are
 *     acknowledged
 * @param textCharacters of each message, about
 */
record Shape(int users, Duration length, Optional<Double> rate, int textCharacters) {

  /** The time from one message of a user to its next, if there is a rate. */
  Optional<Duration> pace() {
    return rate.map(perSecond -> Duration.ofNanos((long) (1e9 * users / perSecond)));
  }
}
