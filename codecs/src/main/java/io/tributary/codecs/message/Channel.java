package io.tributary.codecs.message;

/** How a message came in. The number is what the log records. */
public enum Channel {
  EMAIL(1),
  SMS(2),
  CHAT(3);

  private final int number;

  Channel(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static Channel ofNumber(int number) {
    for (Channel channel : values()) {
      if (channel.number == number) {
        return channel;
      }
    }
    throw new IllegalArgumentException("no channel has number " + number);
  }
}
