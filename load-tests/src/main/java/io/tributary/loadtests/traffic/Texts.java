package io.tributary.loadtests.traffic;

import io.tributary.loadtests.audit.Marker;
import java.util.concurrent.atomic.AtomicLong;

/** Short texts that the audit knows again. Safe for any thread. */
public final class Texts {
  private static final int CHARACTERS = 100;

  private final Marker marker;
  private final AtomicLong numbers = new AtomicLong();

  public Texts(Marker marker) {
    this.marker = marker;
  }

  /**
   * @param number unique in the run
   * @param id the same, as the marker writes it
   */
  public record Text(long number, String id, String words) {}

  public Text next() {
    long number = numbers.incrementAndGet();
    String id = marker.id(number);
    return new Text(number, id, Marker.text(id, CHARACTERS));
  }
}
