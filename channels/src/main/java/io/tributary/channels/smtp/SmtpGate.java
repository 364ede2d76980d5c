package io.tributary.channels.smtp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions of a process may use together. Thread-safe. */
public final class SmtpGate {
  private final int connectionsMax;
  private final long inFlightBytesMax;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong inFlightBytes = new AtomicLong();

  public SmtpGate(int connectionsMax, long inFlightBytesMax) {
    this.connectionsMax = connectionsMax;
    this.inFlightBytesMax = inFlightBytesMax;
  }

  /** Open connections. */
  public int connections() {
    return connections.get();
  }

  /** Bytes of mail received and not yet answered. */
  public long inFlightBytes() {
    return inFlightBytes.get();
  }

  /** Takes a connection's place; false if there is none, then nothing was taken. */
  boolean enter() {
    if (connections.incrementAndGet() <= connectionsMax) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  void leave() {
    connections.decrementAndGet();
  }

  boolean hasRoomFor(long bytes) {
    return inFlightBytes.get() + bytes <= inFlightBytesMax;
  }

  /** Takes room for bytes that came in; false if there is none, then nothing was taken. */
  boolean reserve(long bytes) {
    if (inFlightBytes.addAndGet(bytes) <= inFlightBytesMax) {
      return true;
    }
    inFlightBytes.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    inFlightBytes.addAndGet(-bytes);
  }
}
