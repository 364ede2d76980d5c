package io.tributary.config;

import java.util.List;

/**
 * Chat, on the HTTP face.
 *
 * @param helloTimeoutMillis from the connection to the welcome
 * @param pingIntervalMillis less than HTTP connections may be idle, which is a minute
 * @param readTimeoutMillis without anything getting through to a client, though something waits
 * @param sendsInFlightMax of one session
 * @param sendsInFlightBytesMax of all sessions
 * @param windowEventsMax that wait for one slow client, or watch
 * @param windowBytesMax likewise
 * @param windowsBytesMax for all of them
 */
public record ChatConfig(
    @Text(
            regex = "self|\\*|https?://[A-Za-z0-9.:\\[\\]-]{1,255}",
            allowed = "an origin such as https://inbox.example.com, self, or * for any")
        List<String> origins,
    @Range(min = 1, max = 1_000_000) int sessionsMax,
    @Range(min = 1, max = 1_000) int sessionsOfUserMax,
    @Range(min = 100, max = 60_000) int helloTimeoutMillis,
    @Range(min = 1_000, max = 45_000) int pingIntervalMillis,
    @Range(min = 1_000, max = 45_000) int readTimeoutMillis,
    @Range(min = 1, max = 1_000) int sendsInFlightMax,
    @Range(min = 131_072, max = 1L << 40) long sendsInFlightBytesMax,
    @Range(min = 1, max = 100_000) int windowEventsMax,
    @Range(min = 65_536, max = 1L << 30) long windowBytesMax,
    @Range(min = 65_536, max = 1L << 40) long windowsBytesMax) {
  public ChatConfig {
    origins = List.copyOf(origins);
  }
}
