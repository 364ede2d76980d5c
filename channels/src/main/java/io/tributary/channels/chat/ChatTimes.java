package io.tributary.channels.chat;

import java.time.Duration;

/**
 * How long things take in a session.
 *
 * @param hello from the connection to the welcome
 * @param round between two pings, and between two looks at the token
 * @param drain without anything getting through to the client, though something waits
 * @param port for each question to a port
 * @param farewell for answering what is under way before leaving
 */
public record ChatTimes(
    Duration hello, Duration round, Duration drain, Duration port, Duration farewell) {
  public static final ChatTimes DEFAULT =
      new ChatTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(3));
}
