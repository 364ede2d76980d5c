package io.tributary.channels.chat;

import io.tributary.channels.live.Window;

/**
 * How much a session may use.
 *
 * @param requestsMax sends, and marks of reading, under way at once
 * @param errorsMax wrong frames in a round
 * @param peersMax who is told of typing and presence
 * @param window what may wait for a slow client
 */
public record ChatLimits(int requestsMax, int errorsMax, int peersMax, Window window) {
  public static final ChatLimits DEFAULT = new ChatLimits(64, 100, 50, Window.DEFAULT);
}
