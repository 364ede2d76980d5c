package io.tributary.channels.live;

/**
 * What may wait for a reader that is slower than its mailbox.
 *
 * @param eventsMax waiting events
 * @param bytesMax of text in them, about
 */
public record Window(int eventsMax, long bytesMax) {
  public static final Window DEFAULT = new Window(256, 1024 * 1024);

  public Window {
    if (eventsMax < 1 || bytesMax < 1) {
      throw new IllegalArgumentException("a window holds at least one event and one byte");
    }
  }
}
